SELECT workspace, generation FROM generations WHERE workspace > $1::uuid ORDER BY workspace LIMIT $2::bigint
