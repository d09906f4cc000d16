SELECT id FROM runs INDEXED BY runs_ready WHERE status = 0 AND id > ?1 ORDER BY id
