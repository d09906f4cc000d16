-- Gives back what is not wanted, takes what is free, and tells who is there. The row of the node is held since `attend`, so
-- what was its own in this snapshot stays its own; what another node is taking at this moment is left to it.
WITH moved AS (
    UPDATE leases SET node = CASE WHEN get_bit($2::bytea, part) = 1 THEN $1::text END
    WHERE (node IS NULL AND get_bit($2::bytea, part) = 1 OR node = $1::text AND get_bit($2::bytea, part) = 0)
        AND part = ANY (ARRAY (
            SELECT part FROM leases
            WHERE node IS NULL AND get_bit($2::bytea, part) = 1 OR node = $1::text AND get_bit($2::bytea, part) = 0
            FOR UPDATE SKIP LOCKED))
    RETURNING part, node
)
SELECT (SELECT array_agg(name) FROM nodes WHERE expires_at > clock_timestamp() OR name = $1::text),
    array_agg(l.epoch ORDER BY l.part),
    array_agg(l.part) FILTER (WHERE m.node = $1::text OR m.part IS NULL AND l.node = $1::text)
FROM leases l LEFT JOIN moved m ON m.part = l.part
