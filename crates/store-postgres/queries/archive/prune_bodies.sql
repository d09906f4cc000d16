DELETE FROM bodies b USING messages m
WHERE m.call = ANY ($1::uuid[]) AND b.message = m.id AND m.received_at < $2::bigint
    AND NOT EXISTS (SELECT 1 FROM runs r WHERE r.call = m.call AND r.status < 2)
