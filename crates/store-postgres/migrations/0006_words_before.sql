ALTER TABLE calls ADD COLUMN IF NOT EXISTS sentiment text COLLATE "C", ADD COLUMN IF NOT EXISTS answers text COLLATE "C", ADD COLUMN IF NOT EXISTS words text COLLATE "C";
-- What a building that failed has left; one that was done stays.
DO $$ DECLARE left_over regclass; BEGIN FOR left_over IN SELECT indexrelid FROM pg_index WHERE NOT indisvalid AND indexrelid IN (to_regclass('calls_by_workspace_next')) LOOP EXECUTE 'DROP INDEX ' || left_over; END LOOP; END $$;
CREATE INDEX CONCURRENTLY IF NOT EXISTS calls_by_workspace_next ON calls (workspace, id) INCLUDE (words);
