-- An id tells when its row was made: what is younger than $2 is not looked at.
SELECT b.message FROM bodies b JOIN messages m ON m.id = b.message
WHERE b.message < $2::uuid AND m.received_at < $1::bigint
    AND NOT EXISTS (SELECT 1 FROM runs r WHERE r.call = m.call AND r.status < 2)
ORDER BY b.message LIMIT $3::bigint
