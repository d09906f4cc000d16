INSERT INTO migrations (number, sha256, runs_from) VALUES ($1::integer, $2::text, $3::integer)
