-- A search by name reads this index alone for all documents that do not match.
DROP INDEX documents_by_workspace;
CREATE INDEX documents_by_workspace ON documents (workspace, kind, id, name);
