INSERT INTO tallies (hour, series, meter, amount, workspace, flow, agent, destination, slot)
SELECT h, s, m, a, w, f, g, d, $9::smallint
FROM unnest($1::integer[], $2::uuid[], $3::integer[], $4::bigint[], $5::uuid[], $6::uuid[], $7::text[],
    $8::text[]) AS t (h, s, m, a, w, f, g, d)
ON CONFLICT (hour, series, meter, slot) DO UPDATE SET amount = tallies.amount + excluded.amount
