DELETE FROM entries WHERE run IN (SELECT id FROM runs WHERE call = $1::uuid)
