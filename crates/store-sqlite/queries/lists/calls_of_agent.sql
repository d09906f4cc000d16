SELECT count(*) FROM (SELECT 1 FROM calls WHERE workspace = ?1 AND agent = ?2 LIMIT ?3)
