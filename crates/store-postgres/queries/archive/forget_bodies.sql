DELETE FROM bodies WHERE message IN (SELECT id FROM messages WHERE call = $1::uuid)
