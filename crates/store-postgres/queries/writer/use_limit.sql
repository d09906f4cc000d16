INSERT INTO limits (key, used_until) VALUES ($1::uuid, $3::bigint)
ON CONFLICT (key) DO UPDATE SET used_until = excluded.used_until WHERE limits.used_until = $2::bigint
