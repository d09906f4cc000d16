SELECT 1 FROM documents WHERE workspace = $1::uuid AND kind = $2::smallint LIMIT 1
