SELECT n, version, status, workspace FROM runs WHERE id = ?1
