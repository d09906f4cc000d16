DELETE FROM entries e USING unnest($1::uuid[], $2::integer[]) AS old (run, number)
WHERE e.run = old.run AND e.number = old.number
