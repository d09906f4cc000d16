SELECT c.id, c.key, c.workspace, c.version, c.state, c.provider, c.provider_call_id, c.direction, c.from_number, c.to_number,
    c.agent, c.campaign, c.status, c.disposition, c.duration_s, c.started_at, c.ended_at,
    c.sentiment, c.answers, c.words
FROM calls c WHERE c.id = ?1
