SELECT kind, id, workspace, version, name, alias, enabled, created_at, updated_at, body
FROM document_versions WHERE kind = $1::smallint AND id = $2::uuid AND version = $3::integer
UNION
SELECT kind, id, workspace, version, name, alias, enabled, created_at, updated_at, body
FROM documents WHERE kind = $1::smallint AND id = $2::uuid AND version = $3::integer
