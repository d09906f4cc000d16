DROP INDEX calls_by_workspace;
ALTER INDEX calls_by_workspace_next RENAME TO calls_by_workspace;
