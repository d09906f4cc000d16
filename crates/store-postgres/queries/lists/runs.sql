SELECT r.id, r.workspace, r.flow, r.flow_version, r.call, r.event, r.replay_of, r.status, r.destination, r.version, r.epoch,
    r.state, r.error, r.updated_at, r.due_at, r.parent
FROM runs r
WHERE r.id >= $2::uuid AND r.id < $3::uuid
    AND ($1::uuid IS NULL OR r.workspace = $1::uuid) AND ($5::uuid IS NULL OR r.flow = $5::uuid)
    AND ($6::smallint[] IS NULL OR r.status = ANY ($6::smallint[])) AND ($11::smallint IS NULL OR r.status = $11::smallint)
    AND ($7::uuid IS NULL OR r.call = $7::uuid) AND ($8::uuid IS NULL OR r.event = $8::uuid)
    AND ($12::uuid IS NULL OR r.parent = $12::uuid)
    AND (NOT $13::boolean OR r.parent IS NULL OR r.flow <> (SELECT p.flow FROM runs p WHERE p.id = r.parent))
    AND ($9::text IS NULL AND $10::text IS NULL OR EXISTS (SELECT 1 FROM calls c WHERE c.id = r.call
        AND ($9::text IS NULL OR c.agent = $9::text) AND ($10::text IS NULL OR c.campaign = $10::text) OFFSET 0))
ORDER BY r.id DESC LIMIT $4::bigint
