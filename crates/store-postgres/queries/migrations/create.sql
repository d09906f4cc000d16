CREATE TABLE IF NOT EXISTS migrations (number integer PRIMARY KEY, sha256 text NOT NULL, runs_from integer NOT NULL)
