SELECT count(*) FROM (SELECT 1 FROM rare_calls
    WHERE workspace = $1::uuid AND status = $2::text AND id >= $3::uuid LIMIT $4::bigint) AS live
