SELECT id FROM ready WHERE id > $2::uuid AND get_bit($1::bytea, part) = 1 ORDER BY id LIMIT $3::bigint
