SELECT kind, id, workspace, version, name, alias, enabled, created_at, updated_at, body
FROM document_versions WHERE kind = ?1 AND id = ?2 AND version < ?3
UNION ALL
SELECT kind, id, workspace, version, name, alias, enabled, created_at, updated_at, body
FROM documents AS d WHERE kind = ?1 AND id = ?2 AND version < ?3 AND NOT EXISTS
    (SELECT 1 FROM document_versions AS v WHERE v.kind = ?1 AND v.id = ?2 AND v.version = d.version)
ORDER BY version DESC LIMIT ?4
