SELECT m.id, m.workspace, m.call, m.endpoint, m.provider, m.provider_event, m.received_at, b.body
FROM messages m LEFT JOIN bodies b ON b.n = m.body AND b.message = m.id
WHERE m.id > ?1 ORDER BY m.id
