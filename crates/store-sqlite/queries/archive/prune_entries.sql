DELETE FROM entries WHERE run IN (SELECT id FROM runs WHERE call = ?1 AND status >= 2 AND updated_at < ?2)
