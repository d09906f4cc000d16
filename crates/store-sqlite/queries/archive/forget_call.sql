DELETE FROM calls WHERE id = ?1
