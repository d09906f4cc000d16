-- As many rows as hold $2 bytes of packed bodies, and the first in any case. The bodies are told once more where to begin: a
-- merge would walk over all that came before.
SELECT id, workspace, call, endpoint, provider, provider_event, received_at, body
FROM (
    SELECT m.*, b.body,
        sum(coalesce(octet_length(b.body), 0) + 64) OVER (ORDER BY m.id ROWS UNBOUNDED PRECEDING)
        - (coalesce(octet_length(b.body), 0) + 64) AS held
    FROM messages m LEFT JOIN bodies b ON b.message = m.id AND b.message > $1::uuid
    WHERE m.id > $1::uuid
    ORDER BY m.id LIMIT $3::bigint
) page
WHERE held < $2::bigint ORDER BY id
