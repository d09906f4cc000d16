INSERT INTO bodies (message, body) SELECT * FROM unnest($1::uuid[], $2::bytea[])
ON CONFLICT (message) DO NOTHING
