INSERT INTO documents (kind, id, workspace, version, name, alias, enabled, created_at, updated_at, body)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
ON CONFLICT DO NOTHING
