SELECT id, workspace, call, message, kind, at, detail FROM events
WHERE workspace = $1::uuid AND id < $2::uuid ORDER BY id DESC LIMIT $3::bigint
