SELECT part, due_at, kind, subject FROM timers
WHERE (due_at, kind, subject, part) > ($3::bigint, $4::smallint, $1::uuid, $5::smallint)
ORDER BY due_at, kind, subject, part LIMIT $2::bigint
