DELETE FROM runs WHERE call = ?1 RETURNING workspace, status
