UPDATE documents SET enabled = $3::boolean
WHERE kind = $1::smallint AND id = $2::uuid AND enabled <> $3::boolean RETURNING workspace
