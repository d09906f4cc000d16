DELETE FROM bodies WHERE n IN (
    SELECT b.n FROM messages m JOIN bodies b ON b.n = m.body AND b.message = m.id WHERE m.call = ?1 AND m.received_at < ?2)
    AND NOT EXISTS (SELECT 1 FROM runs r WHERE r.call = ?1 AND r.status < 2)
