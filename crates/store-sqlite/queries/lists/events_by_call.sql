SELECT id, workspace, call, message, kind, at, detail FROM events
WHERE call = ?1 AND id < ?2 AND workspace = ?4 ORDER BY id DESC LIMIT ?3
