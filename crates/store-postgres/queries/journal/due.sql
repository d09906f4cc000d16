SELECT part, due_at, kind, subject FROM timers WHERE get_bit($1::bytea, part) = 1
ORDER BY due_at, kind, subject, part LIMIT $2::bigint
