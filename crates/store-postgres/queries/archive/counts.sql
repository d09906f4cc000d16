SELECT status, sum(count)::bigint FROM run_counts WHERE $1::uuid IS NULL OR workspace = $1::uuid GROUP BY status ORDER BY status
