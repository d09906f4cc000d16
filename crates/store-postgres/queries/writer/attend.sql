-- A lost node that is in the middle of a batch is left to the next round: nobody waits for it here.
-- Who comes late itself removes nobody: when the database was away, others could not renew either.
WITH own AS (
    SELECT expires_at > clock_timestamp() AS in_time FROM nodes WHERE name = $1::text
), me AS (
    INSERT INTO nodes (name, expires_at) VALUES ($1::text, clock_timestamp() + $2::bigint * interval '1 microsecond')
    ON CONFLICT (name) DO UPDATE SET expires_at = excluded.expires_at
), late AS (
    SELECT name FROM nodes WHERE name <> $1::text AND expires_at <= clock_timestamp()
        AND coalesce((SELECT in_time FROM own), true) FOR UPDATE SKIP LOCKED
), gone AS (
    DELETE FROM nodes n USING late WHERE n.name = late.name RETURNING n.name
)
UPDATE leases SET node = NULL, epoch = epoch + 1 WHERE node IN (SELECT name FROM gone)
