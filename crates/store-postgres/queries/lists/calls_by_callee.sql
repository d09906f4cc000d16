SELECT c.id, c.key, c.workspace, c.version, c.state, c.provider, c.provider_call_id, c.direction, c.from_number, c.to_number,
    c.agent, c.campaign, c.status, c.disposition, c.duration_s, c.started_at, c.ended_at
FROM calls c
WHERE c.workspace = $1::uuid AND c.to_number = $9::text AND c.id >= $2::uuid AND c.id < $3::uuid
    AND ($1::uuid IS NULL OR c.workspace = $1::uuid) AND ($5::text IS NULL OR c.status = $5::text) AND ($6::text IS NULL OR c.agent = $6::text)
    AND ($7::text IS NULL OR c.campaign = $7::text) AND ($8::text IS NULL OR c.disposition = $8::text)
    AND ($9::text IS NULL OR c.from_number = $9::text OR c.to_number = $9::text)
ORDER BY c.id DESC LIMIT $4::bigint
