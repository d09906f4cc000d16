-- As many rows as hold $2 bytes of packed bodies, and the first in any case.
SELECT kind, id, workspace, version, name, alias, enabled, created_at, updated_at, body
FROM (
    SELECT *,
        sum(octet_length(body) + 64) OVER (ORDER BY kind, id ROWS UNBOUNDED PRECEDING)
        - (octet_length(body) + 64) AS held
    FROM documents WHERE (kind, id) > ($4::smallint, $1::uuid)
    ORDER BY kind, id LIMIT $3::bigint
) page
WHERE held < $2::bigint ORDER BY kind, id
