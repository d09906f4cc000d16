SELECT $1::uuid, CASE $6::smallint WHEN 2 THEN hour WHEN 1 THEN hour - hour % 24 ELSE $2::integer END AS slice,
    NULL::uuid, NULL::text, meter, sum(amount)::bigint, CASE WHEN $7::boolean THEN destination END AS of_destination
FROM tallies
WHERE workspace = $1::uuid AND hour >= $2::integer AND hour < $3::integer AND destination IS NOT NULL
    AND ($4::text IS NULL OR destination = $4::text)
    AND (cardinality($5::integer[]) = 0 OR meter = ANY ($5::integer[]))
GROUP BY slice, of_destination, meter
ORDER BY slice, of_destination NULLS FIRST, meter LIMIT $8::bigint
