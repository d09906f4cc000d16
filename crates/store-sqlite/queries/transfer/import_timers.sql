INSERT INTO timers (due_at, kind, subject, part) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING
