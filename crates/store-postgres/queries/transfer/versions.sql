-- As many rows as hold $2 bytes of packed bodies, and the first in any case.
SELECT kind, id, workspace, version, name, alias, enabled, created_at, updated_at, body
FROM (
    SELECT *,
        sum(octet_length(body) + 64) OVER (ORDER BY kind, id, version ROWS UNBOUNDED PRECEDING)
        - (octet_length(body) + 64) AS held
    FROM document_versions
    WHERE (kind, id, version) > ($4::smallint, $1::uuid, $5::integer)
    ORDER BY kind, id, version LIMIT $3::bigint
) page
WHERE held < $2::bigint ORDER BY kind, id, version
