SELECT 1 FROM documents WHERE workspace = ?1 AND kind = ?2 LIMIT 1
