SELECT kind, id, workspace, version, name, alias, enabled, created_at, updated_at, body
FROM document_versions WHERE (kind, id, version) > (?1, ?2, ?3) ORDER BY kind, id, version
