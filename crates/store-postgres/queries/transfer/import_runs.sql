-- The queue, the list of the rare ones and the counts follow from the rows that were not there.
WITH written AS (
    INSERT INTO runs (id, workspace, flow, flow_version, call, event, replay_of, status, destination, version, epoch,
        error, updated_at, due_at, state, parent)
    SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::integer[], $5::uuid[], $6::uuid[], $7::uuid[],
        $8::smallint[], $9::text[], $10::bigint[], $11::bigint[], $12::text[], $13::bigint[], $14::bigint[], $15::bytea[],
        $17::uuid[])
    ON CONFLICT (id) DO NOTHING
    RETURNING id, workspace, status
), queued AS (
    INSERT INTO ready (id, part)
    SELECT w.id, given.part FROM written w JOIN unnest($1::uuid[], $16::smallint[]) AS given (id, part) ON given.id = w.id
    WHERE w.status = 0
), listed AS (
    INSERT INTO rare_runs (workspace, status, id) SELECT workspace, status, id FROM written WHERE status IN (1, 3, 4)
)
INSERT INTO run_counts (workspace, status, count, slot)
SELECT workspace, status, count(*), 0 FROM written GROUP BY workspace, status
ON CONFLICT (workspace, status, slot) DO UPDATE SET count = run_counts.count + excluded.count
