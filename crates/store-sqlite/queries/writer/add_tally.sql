INSERT INTO tallies (hour, series, meter, amount, workspace, flow, agent, destination) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
ON CONFLICT DO UPDATE SET amount = amount + excluded.amount
