WITH gone AS (DELETE FROM calls WHERE id = $1::uuid RETURNING workspace, status, id),
    listed AS (DELETE FROM rare_calls q USING gone g WHERE q.workspace = g.workspace AND q.status = g.status AND q.id = g.id)
SELECT 1 FROM gone
