SELECT c.id, c.key, c.workspace, c.version, c.state, c.provider, c.provider_call_id, c.direction, c.from_number, c.to_number,
    c.agent, c.campaign, c.status, c.disposition, c.duration_s, c.started_at, c.ended_at
FROM calls c INDEXED BY calls_by_status
WHERE c.workspace = ?1 AND c.status NOT IN ('completed', 'ended') AND c.status = ?5 AND c.id >= ?2 AND c.id < ?3
    AND (?1 IS NULL OR c.workspace = ?1) AND (?5 IS NULL OR c.status = ?5) AND (?6 IS NULL OR c.agent = ?6)
    AND (?7 IS NULL OR c.campaign = ?7) AND (?8 IS NULL OR c.disposition = ?8)
    AND (?9 IS NULL OR c.from_number = ?9 OR c.to_number = ?9)
ORDER BY c.id DESC LIMIT ?4
