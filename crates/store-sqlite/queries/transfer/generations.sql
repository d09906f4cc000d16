SELECT workspace, generation FROM generations WHERE workspace > ?1 ORDER BY workspace
