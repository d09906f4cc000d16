DELETE FROM tallies WHERE (hour, series, meter) IN (SELECT hour, series, meter FROM tallies WHERE hour < ?1 ORDER BY hour LIMIT ?2)
