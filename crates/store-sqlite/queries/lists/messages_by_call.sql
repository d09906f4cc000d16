SELECT m.id, m.workspace, m.call, m.endpoint, m.provider, m.provider_event, m.received_at, b.body
FROM messages m LEFT JOIN bodies b ON b.n = m.body AND b.message = m.id
WHERE m.call = ?1 AND m.id < ?2 AND m.workspace = ?4 ORDER BY m.id DESC LIMIT ?3
