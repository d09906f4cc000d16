SELECT b.n, m.received_at < ?1, EXISTS (SELECT 1 FROM runs r WHERE r.call = m.call AND r.status < 2)
FROM bodies b CROSS JOIN messages m ON m.id = b.message ORDER BY b.n
