SELECT used_until FROM limits WHERE key = ?1
