-- Renews first, so that two nodes which find each other late do not wait for each other. A late node that is in the middle of
-- a batch, or that another one is removing, is left to the next round: nobody waits for it here.
-- Who comes late itself removes nobody: when the database was away, others could not renew either.
WITH own AS (
    SELECT expires_at > clock_timestamp() AS in_time FROM nodes WHERE name = $1::text
), me AS (
    INSERT INTO nodes (name, expires_at) VALUES ($1::text, clock_timestamp() + $2::bigint * interval '1 microsecond')
    ON CONFLICT (name) DO UPDATE SET expires_at = excluded.expires_at RETURNING 1
)
SELECT n.name FROM me, nodes n
WHERE n.name <> $1::text AND n.expires_at <= clock_timestamp() AND coalesce((SELECT in_time FROM own), true)
FOR UPDATE OF n SKIP LOCKED
