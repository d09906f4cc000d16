-- As many rows as hold $2 bytes of packed bodies, and the first in any case.
SELECT id, workspace, flow, flow_version, call, event, replay_of, status, destination, version, epoch,
    state, error, updated_at, due_at, parent
FROM (
    SELECT *,
        sum(octet_length(state) + 64) OVER (ORDER BY id ROWS UNBOUNDED PRECEDING)
        - (octet_length(state) + 64) AS held
    FROM runs WHERE id > $1::uuid
    ORDER BY id LIMIT $3::bigint
) page
WHERE held < $2::bigint ORDER BY id
