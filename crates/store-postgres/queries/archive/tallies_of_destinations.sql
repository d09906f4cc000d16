SELECT $1::uuid, CASE $5::smallint WHEN 2 THEN hour WHEN 1 THEN hour - hour % 24 ELSE $2::integer END AS slice,
    NULL::uuid, NULL::text, meter, sum(amount)::bigint, CASE WHEN $6::boolean THEN destination END AS of_destination
FROM tallies
WHERE workspace = $1::uuid AND hour >= $2::integer AND hour < $3::integer AND destination IS NOT NULL
    AND (cardinality($4::integer[]) = 0 OR meter = ANY ($4::integer[]))
GROUP BY slice, of_destination, meter
ORDER BY slice, of_destination NULLS FIRST, meter LIMIT $7::bigint
