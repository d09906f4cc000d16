-- What a search for calls looks at. Calls of before have none: they are searched by their numbers and the platform's id.
ALTER TABLE calls ADD COLUMN sentiment TEXT;
ALTER TABLE calls ADD COLUMN answers TEXT;
ALTER TABLE calls ADD COLUMN words TEXT;
-- A list reads this index alone for all calls that do not match.
DROP INDEX calls_by_workspace;
CREATE INDEX calls_by_workspace ON calls (workspace, id, words, provider, disposition, sentiment, duration_s);
