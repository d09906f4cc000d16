INSERT INTO limits (key, used_until) VALUES (?1, ?3)
ON CONFLICT (key) DO UPDATE SET used_until = excluded.used_until WHERE limits.used_until = ?2
