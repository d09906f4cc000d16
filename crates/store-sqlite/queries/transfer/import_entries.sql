INSERT INTO entries (run, number, body) VALUES (?1, ?2, ?3) ON CONFLICT (run, number) DO NOTHING
