SELECT c.id, c.key, c.workspace, c.version, c.state, c.provider, c.provider_call_id, c.direction, c.from_number, c.to_number,
    c.agent, c.campaign, c.status, c.disposition, c.duration_s, c.started_at, c.ended_at,
    c.sentiment, c.answers, c.words
FROM calls c INDEXED BY calls_by_workspace
WHERE c.workspace = ?1 AND c.id >= ?2 AND c.id < ?3
    AND (?1 IS NULL OR c.workspace = ?1) AND (?5 IS NULL OR c.status = ?5) AND (?6 IS NULL OR c.agent = ?6)
    AND (?7 IS NULL OR c.campaign = ?7) AND (?8 IS NULL OR c.disposition = ?8)
    AND (?9 IS NULL OR c.from_number = ?9 OR c.to_number = ?9)
    AND (?10 IS NULL OR c.provider = ?10) AND (?11 IS NULL OR c.duration_s >= ?11) AND (?12 IS NULL OR c.duration_s <= ?12)
    AND (?13 IS NULL OR c.sentiment = ?13) AND (?14 IS NULL OR instr(c.answers, ?14) > 0)
    AND (?15 IS NULL OR c.words IS NULL OR c.words LIKE ?15 ESCAPE '\' OR c.words LIKE ?16 ESCAPE '\')
    AND (?15 IS NULL OR c.words IS NOT NULL OR lower(coalesce(c.from_number, '') || ' ' || coalesce(c.to_number, '') || char(10) || c.provider_call_id || char(10)) LIKE ?15 ESCAPE '\'
        OR lower(coalesce(c.from_number, '') || ' ' || coalesce(c.to_number, '') || char(10) || c.provider_call_id || char(10)) LIKE ?16 ESCAPE '\')
ORDER BY c.id DESC LIMIT ?4
