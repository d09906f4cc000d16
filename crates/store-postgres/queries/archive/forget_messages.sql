DELETE FROM messages WHERE call = $1::uuid
