SELECT id, workspace, call, message, kind, at, detail FROM events WHERE id > ?1 ORDER BY id
