DELETE FROM entries e USING runs r
WHERE r.call = ANY ($1::uuid[]) AND e.run = r.id AND r.status >= 2 AND r.updated_at < $2::bigint
