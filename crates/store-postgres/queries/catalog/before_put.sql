-- Locked: a document that is removed meanwhile must not come back.
SELECT (SELECT version FROM documents WHERE kind = $1::smallint AND id = $2::uuid FOR UPDATE),
    (SELECT max(version) FROM document_versions WHERE kind = $1::smallint AND id = $2::uuid),
    (SELECT id FROM documents WHERE kind = $1::smallint AND alias = $3::text)
