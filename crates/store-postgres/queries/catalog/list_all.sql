SELECT kind, id, workspace, version, name, alias, enabled, created_at, updated_at, body
FROM documents WHERE kind = $1::smallint AND id < $2::uuid ORDER BY id DESC LIMIT $3::bigint
