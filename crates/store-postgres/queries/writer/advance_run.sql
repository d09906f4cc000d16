-- A run that somebody else advanced since it was looked at divides by zero, and the batch is undone.
WITH unqueued AS (
    DELETE FROM ready WHERE id = ANY ($11::uuid[])
), queued AS (
    INSERT INTO ready (id, part) SELECT * FROM unnest($12::uuid[], $13::smallint[])
), unlisted AS (
    DELETE FROM rare_runs q USING unnest($14::uuid[], $15::smallint[], $16::uuid[]) AS l (workspace, status, id)
    WHERE q.workspace = l.workspace AND q.status = l.status AND q.id = l.id
), listed AS (
    INSERT INTO rare_runs (workspace, status, id)
    SELECT * FROM unnest($17::uuid[], $18::smallint[], $19::uuid[])
), moved AS (
    UPDATE runs r SET status = t.status, destination = t.destination, version = t.version, epoch = t.epoch, error =
        t.error, updated_at = t.updated_at, due_at = t.due_at, state = t.state
    FROM unnest($1::uuid[], $2::bigint[], $3::smallint[], $4::text[], $5::bigint[], $6::bigint[], $7::text[], $8::bigint[],
        $9::bigint[], $10::bytea[])
        AS t (id, expect, status, destination, version, epoch, error, updated_at, due_at, state)
    WHERE r.id = t.id AND r.version = t.expect RETURNING 1
)
SELECT 1 / (count(*) = cardinality($1::uuid[]))::integer FROM moved
