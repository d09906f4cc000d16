SELECT workspace, hour, flow, agent, meter, amount, destination FROM tallies
WHERE (hour, series, meter) > (?1, ?2, ?3) ORDER BY hour, series, meter
