INSERT INTO run_counts (workspace, status, count, slot)
SELECT w, s, c, $4::smallint FROM unnest($1::uuid[], $2::smallint[], $3::bigint[]) AS change (w, s, c)
ON CONFLICT (workspace, status, slot) DO UPDATE SET count = run_counts.count + excluded.count
