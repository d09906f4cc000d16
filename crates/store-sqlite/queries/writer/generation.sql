SELECT generation FROM generations WHERE workspace = ?1
