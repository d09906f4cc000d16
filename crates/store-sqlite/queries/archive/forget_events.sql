DELETE FROM events WHERE call = ?1
