DELETE FROM events WHERE call = $1::uuid
