INSERT INTO messages (id, workspace, call, endpoint, provider, provider_event, received_at, body)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
ON CONFLICT (id) DO NOTHING
