INSERT INTO calls (id, key, workspace, version, provider, provider_call_id, direction, from_number, to_number,
    agent, campaign, status, disposition, duration_s, started_at, ended_at, state, sentiment, answers, words)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)
