DELETE FROM bodies WHERE n = ?1 AND NOT EXISTS (
    SELECT 1 FROM messages m JOIN runs r ON r.call = m.call WHERE m.id = bodies.message AND r.status < 2)
