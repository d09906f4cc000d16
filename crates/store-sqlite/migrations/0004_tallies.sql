-- Counters by the hour. A series is a hash of workspace, flow and agent.
CREATE TABLE tallies (
    hour INTEGER NOT NULL,
    series BLOB NOT NULL,
    meter INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    workspace BLOB NOT NULL,
    flow BLOB,
    agent TEXT,
    PRIMARY KEY (hour, series, meter)
) STRICT, WITHOUT ROWID;
CREATE INDEX tallies_by_workspace ON tallies (workspace, hour);
