SELECT kind, id, workspace, version, name, alias, enabled, created_at, updated_at, body
FROM documents WHERE workspace = $1::uuid AND kind = $2::smallint AND id < $3::uuid ORDER BY id DESC LIMIT $4::bigint
