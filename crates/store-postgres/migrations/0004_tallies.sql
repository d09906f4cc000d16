-- Counters by the hour. A series is a hash of workspace, flow and agent. Every writer counts in a slot of its own, so that none
-- waits for another; read as a sum.
CREATE TABLE tallies (
    amount bigint NOT NULL,
    series uuid NOT NULL,
    workspace uuid NOT NULL,
    flow uuid,
    hour integer NOT NULL,
    meter integer NOT NULL,
    slot smallint NOT NULL,
    agent text COLLATE "C",
    PRIMARY KEY (hour, series, meter, slot)
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 2000);
CREATE INDEX tallies_by_workspace ON tallies (workspace, hour);
