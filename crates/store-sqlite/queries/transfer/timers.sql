SELECT part, due_at, kind, subject FROM timers
WHERE (due_at, kind, subject, part) > (?1, ?2, ?3, ?4) ORDER BY due_at, kind, subject, part
