-- As many rows as hold $2 bytes of packed bodies, and the first in any case.
SELECT id, workspace, call, message, kind, at, detail
FROM (
    SELECT *,
        sum(octet_length(detail) + 64) OVER (ORDER BY id ROWS UNBOUNDED PRECEDING)
        - (octet_length(detail) + 64) AS held
    FROM events WHERE id > $1::uuid
    ORDER BY id LIMIT $3::bigint
) page
WHERE held < $2::bigint ORDER BY id
