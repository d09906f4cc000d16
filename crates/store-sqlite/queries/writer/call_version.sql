SELECT n, version FROM calls WHERE key = ?1
