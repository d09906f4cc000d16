SELECT $1::uuid, CASE $7::smallint WHEN 2 THEN hour WHEN 1 THEN hour - hour % 24 ELSE $2::integer END AS slice,
    CASE WHEN $8::boolean THEN flow END AS of_flow, CASE WHEN $9::boolean THEN agent END AS of_agent, meter, sum(amount)::bigint,
    NULL::text
FROM tallies
WHERE workspace = $1::uuid AND hour >= $2::integer AND hour < $3::integer AND ($4::uuid IS NULL OR flow = $4::uuid)
    AND ($5::text IS NULL OR agent = $5::text) AND destination IS NULL
    AND (cardinality($6::integer[]) = 0 OR meter = ANY ($6::integer[]))
GROUP BY slice, of_flow, of_agent, meter
ORDER BY slice, of_flow NULLS FIRST, of_agent NULLS FIRST, meter LIMIT $10::bigint
