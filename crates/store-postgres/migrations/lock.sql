-- Held until the connection ends: nodes that start at once migrate one after the other. Nobody waits for it inside of a statement:
-- an index that is built beside writers would wait for that statement in turn.
SELECT pg_try_advisory_lock(7243098120546273)
