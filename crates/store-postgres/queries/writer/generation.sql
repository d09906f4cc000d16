SELECT workspace, generation FROM generations WHERE workspace = ANY ($1::uuid[])
