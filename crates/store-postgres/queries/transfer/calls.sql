-- As many rows as hold $2 bytes of packed bodies, and the first in any case.
SELECT id, key, workspace, version, state, provider, provider_call_id, direction, from_number, to_number,
    agent, campaign, status, disposition, duration_s, started_at, ended_at,
    sentiment, answers, words
FROM (
    SELECT *,
        sum(octet_length(state) + 64) OVER (ORDER BY id ROWS UNBOUNDED PRECEDING)
        - (octet_length(state) + 64) AS held
    FROM calls WHERE id > $1::uuid
    ORDER BY id LIMIT $3::bigint
) page
WHERE held < $2::bigint ORDER BY id
