WITH gone AS (DELETE FROM runs WHERE call = $1::uuid RETURNING workspace, status, id),
    listed AS (DELETE FROM rare_runs q USING gone g WHERE q.workspace = g.workspace AND q.status = g.status AND q.id = g.id)
SELECT workspace, status FROM gone
