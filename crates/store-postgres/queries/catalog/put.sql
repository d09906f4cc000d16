INSERT INTO documents (kind, id, workspace, version, name, alias, enabled, created_at, updated_at, body)
VALUES ($1::smallint, $2::uuid, $3::uuid, $4::integer, $5::text, $6::text, $7::boolean, $8::bigint, $9::bigint, $10::bytea)
ON CONFLICT (kind, id) DO UPDATE SET workspace = excluded.workspace, version = excluded.version, name = excluded.name,
    alias = excluded.alias, enabled = CASE WHEN $12::boolean THEN documents.enabled ELSE excluded.enabled END,
    created_at = excluded.created_at, updated_at = excluded.updated_at, body = excluded.body
WHERE documents.version = $11::integer
