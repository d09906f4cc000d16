SELECT e.n, r.updated_at < ?1, r.status < 2
FROM entries e CROSS JOIN runs r ON r.id = e.run ORDER BY e.n
