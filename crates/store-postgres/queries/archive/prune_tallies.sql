DELETE FROM tallies t USING (
    SELECT hour, series, meter, slot FROM tallies WHERE hour < $1::integer ORDER BY hour LIMIT $2::bigint
) AS old
WHERE t.hour = old.hour AND t.series = old.series AND t.meter = old.meter AND t.slot = old.slot
