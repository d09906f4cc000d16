SELECT ?1, CASE ?6 WHEN 2 THEN hour WHEN 1 THEN hour - hour % 24 ELSE ?2 END AS slice, NULL, NULL, meter, sum(amount),
    CASE WHEN ?7 THEN destination END AS of_destination
FROM tallies INDEXED BY tallies_of_destination
WHERE workspace = ?1 AND hour >= ?2 AND hour < ?3 AND destination = ?4
    AND (?5 IS NULL OR meter IN (SELECT value FROM json_each(?5)))
GROUP BY slice, of_destination, meter ORDER BY slice, of_destination, meter LIMIT ?8
