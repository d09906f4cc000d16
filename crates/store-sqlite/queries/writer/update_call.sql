UPDATE calls SET version = ?2, provider = ?3, provider_call_id = ?4, direction = ?5, from_number = ?6, to_number = ?7,
    agent = ?8, campaign = ?9, status = ?10, disposition = ?11, duration_s = ?12, started_at = ?13, ended_at = ?14, state = ?15,
    sentiment = ?16, answers = ?17, words = ?18
WHERE n = ?1
