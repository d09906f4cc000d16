SELECT status, disposition, count(*) FROM (SELECT status, disposition FROM calls
    WHERE workspace = $1::uuid AND campaign = $2::text AND id >= $3::uuid ORDER BY id DESC LIMIT $4::bigint) AS counted
GROUP BY status, disposition
