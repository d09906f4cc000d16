SELECT count(*) FROM (SELECT 1 FROM calls WHERE workspace = $1::uuid AND agent = $2::text LIMIT $3::bigint) AS few
