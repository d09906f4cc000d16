SELECT ?1, CASE ?7 WHEN 2 THEN hour WHEN 1 THEN hour - hour % 24 ELSE ?2 END AS slice,
    CASE WHEN ?8 THEN flow END AS of_flow, CASE WHEN ?9 THEN agent END AS of_agent, meter, sum(amount), NULL
FROM tallies INDEXED BY tallies_by_hour
WHERE workspace = ?1 AND hour >= ?2 AND hour < ?3 AND (?4 IS NULL OR flow = ?4) AND (?5 IS NULL OR agent = ?5)
    AND destination IS NULL AND (?6 IS NULL OR meter IN (SELECT value FROM json_each(?6)))
GROUP BY slice, of_flow, of_agent, meter ORDER BY slice, of_flow, of_agent, meter LIMIT ?10
