SELECT kind, id, workspace, version, name, alias, enabled, created_at, updated_at, body
FROM documents WHERE kind = ?1 AND alias IN (SELECT value FROM json_each(?2))
