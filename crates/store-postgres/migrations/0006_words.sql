-- What a search for calls looks at. Calls of before have none: they are searched by their numbers and the platform's id.
ALTER TABLE calls ADD COLUMN sentiment text COLLATE "C", ADD COLUMN answers text COLLATE "C", ADD COLUMN words text COLLATE "C";
-- A search reads this index alone for all calls that do not match. What changes while a call goes on stays out of it: an update
-- that changes no indexed column writes no index.
DROP INDEX calls_by_workspace;
CREATE INDEX calls_by_workspace ON calls (workspace, id) INCLUDE (words);
