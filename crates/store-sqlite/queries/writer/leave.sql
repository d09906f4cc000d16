UPDATE lease SET node = '' WHERE n = 1 AND node = ?1
