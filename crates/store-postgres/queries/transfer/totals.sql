SELECT (SELECT count(*) FROM generations), (SELECT count(*) FROM documents), (SELECT count(*) FROM document_versions),
    (SELECT count(*) FROM calls), (SELECT count(*) FROM messages), (SELECT count(*) FROM events),
    (SELECT count(*) FROM runs), (SELECT count(*) FROM entries), (SELECT count(*) FROM timers),
    (SELECT count(*) FROM (SELECT 1 FROM tallies GROUP BY hour, series, meter) AS t)
