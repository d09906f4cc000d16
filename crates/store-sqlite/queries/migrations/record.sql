INSERT INTO migrations (number, sha256) VALUES (?1, ?2)
