SELECT 1 FROM runs WHERE call = $1::uuid AND status < 2 LIMIT 1
