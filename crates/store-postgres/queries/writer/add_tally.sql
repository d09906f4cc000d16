INSERT INTO tallies (hour, series, meter, amount, workspace, flow, agent, slot)
SELECT h, s, m, a, w, f, g, $8::smallint
FROM unnest($1::integer[], $2::uuid[], $3::integer[], $4::bigint[], $5::uuid[], $6::uuid[], $7::text[]) AS t (h, s, m, a, w, f, g)
ON CONFLICT (hour, series, meter, slot) DO UPDATE SET amount = tallies.amount + excluded.amount
