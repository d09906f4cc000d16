SELECT (SELECT version FROM documents WHERE kind = ?1 AND id = ?2),
    (SELECT max(version) FROM document_versions WHERE kind = ?1 AND id = ?2),
    (SELECT id FROM documents WHERE kind = ?1 AND alias = ?3)
