SELECT number, sha256 FROM migrations ORDER BY number
