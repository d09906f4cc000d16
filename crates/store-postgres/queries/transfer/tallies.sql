SELECT workspace, hour, flow, agent, meter, sum(amount)::bigint, destination FROM tallies
WHERE (hour, series, meter) > ($3::integer, $1::uuid, $4::integer)
GROUP BY hour, series, meter, workspace, flow, agent, destination ORDER BY hour, series, meter LIMIT $2::bigint
