WITH queued AS (
    INSERT INTO ready (id, part) SELECT * FROM unnest($16::uuid[], $17::smallint[])
), listed AS (
    INSERT INTO rare_runs (workspace, status, id)
    SELECT * FROM unnest($18::uuid[], $19::smallint[], $20::uuid[])
)
INSERT INTO runs (id, workspace, flow, flow_version, call, event, replay_of, status, destination, version, epoch,
    error, updated_at, due_at, state, parent)
SELECT r.id, r.workspace, r.flow, r.flow_version, r.call, r.event, r.replay_of, r.status, r.destination, r.version,
    CASE WHEN r.epoch = 0 THEN l.epoch ELSE r.epoch END, r.error, r.updated_at, r.due_at, r.state, r.parent
FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::integer[], $5::uuid[], $6::uuid[], $7::uuid[], $8::smallint[],
    $9::text[], $10::bigint[], $11::bigint[], $12::text[], $13::bigint[], $14::bigint[], $15::bytea[], $21::smallint[], $22::uuid[])
    AS r (id, workspace, flow, flow_version, call, event, replay_of, status, destination, version, epoch, error, updated_at,
    due_at, state, part, parent)
JOIN leases l ON l.part = r.part
