INSERT INTO timers (due_at, kind, subject, part)
SELECT * FROM unnest($1::bigint[], $2::smallint[], $3::uuid[], $4::smallint[])
ON CONFLICT DO NOTHING
