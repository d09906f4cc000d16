SELECT r.id, r.destination, r.due_at
FROM (
    SELECT id, destination, due_at FROM runs INDEXED BY runs_by_status
    WHERE workspace = ?1 AND status = ?3 AND status IN (1, 3, 4) ORDER BY id DESC LIMIT ?2
) AS r
WHERE r.destination IS NOT NULL AND r.due_at IS NOT NULL
