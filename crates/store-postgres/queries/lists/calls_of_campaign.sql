SELECT count(*) FROM (SELECT 1 FROM calls WHERE workspace = $1::uuid AND campaign = $2::text LIMIT $3::bigint) AS few
