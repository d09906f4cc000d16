DELETE FROM runs WHERE call = ?1 AND status >= 2 RETURNING workspace, status
