SELECT m.id, m.workspace, m.call, m.endpoint, m.provider, m.provider_event, m.received_at, b.body
FROM messages m LEFT JOIN bodies b ON b.message = m.id
WHERE m.call = $1::uuid AND m.id < $2::uuid AND m.workspace = $4::uuid ORDER BY m.id DESC LIMIT $3::bigint
