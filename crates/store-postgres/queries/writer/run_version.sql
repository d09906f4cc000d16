-- The row of the node is held until the end of the transaction: whoever takes its partitions away waits for it, or has removed it.
SELECT w.id, r.version, r.status, r.workspace, n.name, l.epoch
FROM unnest($1::uuid[], $2::smallint[]) AS w (id, part)
JOIN leases l ON l.part = w.part
LEFT JOIN runs r ON r.id = w.id
LEFT JOIN (SELECT name FROM nodes WHERE name = ANY ($3::text[]) FOR KEY SHARE) n ON n.name = l.node
