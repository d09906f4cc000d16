INSERT INTO documents (kind, id, workspace, version, name, alias, enabled, created_at, updated_at, body)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
ON CONFLICT (kind, id) DO UPDATE SET workspace = excluded.workspace, version = excluded.version, name = excluded.name,
    alias = excluded.alias, enabled = CASE WHEN ?11 THEN documents.enabled ELSE excluded.enabled END,
    created_at = excluded.created_at, updated_at = excluded.updated_at, body = excluded.body
