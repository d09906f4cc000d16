SELECT e.run, e.number FROM entries e JOIN runs r ON r.id = e.run
WHERE e.run < $2::uuid AND r.updated_at < $1::bigint AND r.status >= 2
ORDER BY e.run, e.number LIMIT $3::bigint
