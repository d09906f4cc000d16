DELETE FROM documents WHERE kind = ?1 AND id IN (
    SELECT id FROM documents WHERE kind = ?1 AND id < ?2 ORDER BY id LIMIT ?3)
