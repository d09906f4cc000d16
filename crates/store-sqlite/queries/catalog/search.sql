SELECT kind, id, workspace, version, name, alias, enabled, created_at, updated_at, body
FROM documents WHERE workspace = ?1 AND kind = ?2 AND name LIKE ?3 ESCAPE '\' AND id < ?4
    AND id >= ?5 ORDER BY id DESC LIMIT ?6
