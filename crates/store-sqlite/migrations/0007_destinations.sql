-- Where attempts went that a counter counts. Its series is a hash of workspace and destination.
ALTER TABLE tallies ADD COLUMN destination TEXT;
CREATE INDEX tallies_of_destinations ON tallies (workspace, hour) WHERE destination IS NOT NULL;
