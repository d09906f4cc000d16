DELETE FROM documents WHERE kind = $1::smallint AND id IN (
    SELECT id FROM documents WHERE kind = $1::smallint AND id < $2::uuid ORDER BY id LIMIT $3::bigint)
