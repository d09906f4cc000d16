SELECT r.id, r.destination, r.due_at
FROM (SELECT id FROM rare_runs WHERE workspace = $1::uuid AND status = $3::smallint ORDER BY id DESC LIMIT $2::bigint) AS q
JOIN runs r ON r.id = q.id
WHERE r.destination IS NOT NULL AND r.due_at IS NOT NULL
ORDER BY q.id DESC
