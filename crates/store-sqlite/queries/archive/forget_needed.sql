SELECT 1 FROM calls c JOIN runs r ON r.call = c.id WHERE c.id = ?1 AND r.status < 2
