-- Where attempts went that a counter counts. Its series is a hash of workspace and destination.
ALTER TABLE tallies ADD COLUMN destination text COLLATE "C";
-- Counters of destinations and all others are never read together.
DROP INDEX tallies_by_workspace;
CREATE INDEX tallies_by_hour ON tallies (workspace, hour) WHERE destination IS NULL;
CREATE INDEX tallies_of_destinations ON tallies (workspace, hour) WHERE destination IS NOT NULL;
CREATE INDEX tallies_of_destination ON tallies (workspace, destination, hour) WHERE destination IS NOT NULL;
