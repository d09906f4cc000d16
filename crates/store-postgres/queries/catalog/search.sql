SELECT kind, id, workspace, version, name, alias, enabled, created_at, updated_at, body
FROM documents WHERE workspace = $1::uuid AND kind = $2::smallint AND name LIKE $3::text ESCAPE '\' AND id < $4::uuid
    AND id >= $5::uuid ORDER BY id DESC LIMIT $6::bigint
