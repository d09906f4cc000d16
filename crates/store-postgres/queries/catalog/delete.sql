DELETE FROM documents WHERE kind = $1::smallint AND id = $2::uuid RETURNING workspace
