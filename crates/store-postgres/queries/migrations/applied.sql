SELECT number, sha256, runs_from FROM migrations ORDER BY number
