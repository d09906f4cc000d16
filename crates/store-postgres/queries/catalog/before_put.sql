SELECT (SELECT version FROM documents WHERE kind = $1::smallint AND id = $2::uuid),
    (SELECT max(version) FROM document_versions WHERE kind = $1::smallint AND id = $2::uuid),
    (SELECT id FROM documents WHERE kind = $1::smallint AND alias = $3::text)
