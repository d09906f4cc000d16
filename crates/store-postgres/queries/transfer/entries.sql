-- As many rows as hold $2 bytes of packed bodies, and the first in any case.
SELECT run, number, body
FROM (
    SELECT *,
        sum(octet_length(body) + 64) OVER (ORDER BY run, number ROWS UNBOUNDED PRECEDING)
        - (octet_length(body) + 64) AS held
    FROM entries WHERE (run, number) > ($1::uuid, $4::integer)
    ORDER BY run, number LIMIT $3::bigint
) page
WHERE held < $2::bigint ORDER BY run, number
