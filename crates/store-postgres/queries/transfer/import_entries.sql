INSERT INTO entries (run, number, body) SELECT * FROM unnest($1::uuid[], $2::integer[], $3::bytea[])
ON CONFLICT (run, number) DO NOTHING
