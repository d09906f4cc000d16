INSERT INTO events (id, workspace, call, message, kind, at, detail)
SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::bigint[], $7::bytea[])
ON CONFLICT (id) DO NOTHING
