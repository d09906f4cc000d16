INSERT INTO events (id, workspace, call, message, kind, at, detail) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
ON CONFLICT (id) DO NOTHING
