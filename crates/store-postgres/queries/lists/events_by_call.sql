SELECT id, workspace, call, message, kind, at, detail FROM events
WHERE call = $1::uuid AND id < $2::uuid AND workspace = $4::uuid ORDER BY id DESC LIMIT $3::bigint
