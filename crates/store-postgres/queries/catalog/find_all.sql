SELECT kind, id, workspace, version, name, alias, enabled, created_at, updated_at, body
FROM documents WHERE kind = $1::smallint AND alias = ANY($2::text[])
