-- The run of which one is a branch, an item or a sub-flow. Runs of before are listed as if they were whole.
ALTER TABLE runs ADD COLUMN parent uuid;
CREATE INDEX runs_by_parent ON runs (parent, id) WHERE parent IS NOT NULL;
