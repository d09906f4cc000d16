UPDATE documents AS d SET version = n.version, name = n.name, updated_at = n.updated_at, body = n.body
FROM unnest($1::smallint[], $2::uuid[], $3::integer[], $4::text[], $5::bigint[], $6::bytea[], $7::integer[])
    AS n (kind, id, version, name, updated_at, body, expect)
WHERE d.kind = n.kind AND d.id = n.id AND d.version = n.expect
RETURNING d.id
