SELECT count(*) FROM (SELECT 1 FROM calls INDEXED BY calls_by_status
    WHERE workspace = ?1 AND status NOT IN ('completed', 'ended') AND status = ?2 AND id >= ?3 LIMIT ?4)
