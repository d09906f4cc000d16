SELECT number, body FROM entries WHERE run = ?1 ORDER BY number
