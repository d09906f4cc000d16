DELETE FROM entries WHERE n = ?1
