SELECT id, workspace, call, message, kind, at, detail FROM events
WHERE workspace = ?1 AND id < ?2 ORDER BY id DESC LIMIT ?3
