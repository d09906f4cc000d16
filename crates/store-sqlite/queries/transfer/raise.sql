INSERT INTO lease (n, node, epoch, taken_at) VALUES (1, '', ?1, CAST(unixepoch('subsec') * 1000000 AS INTEGER))
ON CONFLICT DO UPDATE SET node = '', epoch = excluded.epoch, taken_at = excluded.taken_at
