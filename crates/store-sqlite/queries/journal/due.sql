SELECT part, due_at, kind, subject FROM timers ORDER BY due_at, kind, subject, part
