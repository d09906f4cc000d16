INSERT INTO documents (kind, id, workspace, version, name, alias, enabled, created_at, updated_at, body)
SELECT * FROM unnest($1::smallint[], $2::uuid[], $3::uuid[], $4::integer[], $5::text[], $6::text[], $7::boolean[],
    $8::bigint[], $9::bigint[], $10::bytea[])
ON CONFLICT DO NOTHING
RETURNING id
