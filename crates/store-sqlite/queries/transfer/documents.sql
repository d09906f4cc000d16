SELECT kind, id, workspace, version, name, alias, enabled, created_at, updated_at, body
FROM documents WHERE (kind, id) > (?1, ?2) ORDER BY kind, id
