ALTER TABLE tallies ADD COLUMN IF NOT EXISTS destination text COLLATE "C";
-- What a building that failed has left; one that was done stays.
DO $$ DECLARE left_over regclass; BEGIN FOR left_over IN SELECT indexrelid FROM pg_index WHERE NOT indisvalid AND indexrelid IN (to_regclass('tallies_by_hour'), to_regclass('tallies_of_destinations'), to_regclass('tallies_of_destination')) LOOP EXECUTE 'DROP INDEX ' || left_over; END LOOP; END $$;
CREATE INDEX CONCURRENTLY IF NOT EXISTS tallies_by_hour ON tallies (workspace, hour) WHERE destination IS NULL;
CREATE INDEX CONCURRENTLY IF NOT EXISTS tallies_of_destinations ON tallies (workspace, hour) WHERE destination IS NOT NULL;
CREATE INDEX CONCURRENTLY IF NOT EXISTS tallies_of_destination ON tallies (workspace, destination, hour) WHERE destination IS NOT NULL;
DROP INDEX CONCURRENTLY IF EXISTS tallies_by_workspace;
