SELECT count(*) FROM (SELECT 1 FROM calls WHERE workspace = ?1 AND campaign = ?2 LIMIT ?3)
