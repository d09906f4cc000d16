SELECT number, body FROM entries WHERE run = $1::uuid ORDER BY number
