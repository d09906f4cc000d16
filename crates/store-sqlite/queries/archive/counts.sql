SELECT status, sum(count) FROM run_counts WHERE ?1 IS NULL OR workspace = ?1 GROUP BY status ORDER BY status
