-- Held to the end of the transaction: nodes that start at once migrate one after the other.
SELECT pg_advisory_xact_lock(7243098120546273);
CREATE TABLE IF NOT EXISTS migrations (number integer PRIMARY KEY, sha256 text NOT NULL, runs_from integer NOT NULL)
