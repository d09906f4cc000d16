DELETE FROM bodies b WHERE b.message = ANY ($1::uuid[]) AND NOT EXISTS (
    SELECT 1 FROM messages m JOIN runs r ON r.call = m.call WHERE m.id = b.message AND r.status < 2)
