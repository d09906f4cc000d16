ALTER TABLE calls ADD COLUMN IF NOT EXISTS sentiment text COLLATE "C", ADD COLUMN IF NOT EXISTS answers text COLLATE "C", ADD COLUMN IF NOT EXISTS words text COLLATE "C";
DROP INDEX IF EXISTS calls_by_workspace_next;
CREATE INDEX CONCURRENTLY calls_by_workspace_next ON calls (workspace, id) INCLUDE (words);
