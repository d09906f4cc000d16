SELECT call FROM events WHERE id = $1::uuid
