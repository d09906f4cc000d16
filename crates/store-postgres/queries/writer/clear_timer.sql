DELETE FROM timers t USING unnest($1::bigint[], $2::smallint[], $3::uuid[], $4::smallint[]) AS c (due_at, kind, subject, part)
WHERE t.due_at = c.due_at AND t.kind = c.kind AND t.subject = c.subject AND t.part = c.part
