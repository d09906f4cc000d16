-- Who is there, and what the next owner of every partition will have: one more where this one is lost.
SELECT (SELECT array_agg(name ORDER BY name) FROM nodes WHERE expires_at > clock_timestamp()),
    array_agg(l.epoch + CASE WHEN n.expires_at <= clock_timestamp() THEN 1 ELSE 0 END ORDER BY l.part)
FROM leases l LEFT JOIN nodes n ON n.name = l.node
