INSERT INTO lease (n, node, epoch, taken_at) VALUES (1, ?1, 1, ?2)
ON CONFLICT DO UPDATE SET node = excluded.node, epoch = epoch + 1, taken_at = excluded.taken_at
RETURNING epoch
