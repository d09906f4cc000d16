-- Ids, keys and subjects are uuids: sixteen bytes, compared as bytes. Ids are time-ordered, so a transaction appends at the
-- right edge of each index. Times are microseconds; bodies and states carry a leading format byte and are packed by us, so
-- PostgreSQL only moves them out of line. Indexed texts compare as bytes.

CREATE TABLE calls (
    version bigint NOT NULL,
    started_at bigint,
    ended_at bigint,
    duration_s double precision,
    id uuid PRIMARY KEY,
    -- The only scattered index: a hash.
    key uuid NOT NULL,
    workspace uuid NOT NULL,
    provider text NOT NULL,
    provider_call_id text NOT NULL,
    direction text,
    from_number text COLLATE "C",
    to_number text COLLATE "C",
    agent text COLLATE "C",
    campaign text COLLATE "C",
    -- In no index of this table: an update that changes no indexed column writes no index.
    status text COLLATE "C",
    disposition text,
    state bytea NOT NULL
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05);
ALTER TABLE calls ALTER COLUMN state SET STORAGE EXTERNAL;
CREATE UNIQUE INDEX calls_by_key ON calls (key);
CREATE INDEX calls_by_workspace ON calls (workspace, id);
CREATE INDEX calls_by_agent ON calls (workspace, agent, id) WHERE agent IS NOT NULL;
CREATE INDEX calls_by_campaign ON calls (workspace, campaign, id) WHERE campaign IS NOT NULL;
CREATE INDEX calls_by_caller ON calls (workspace, from_number, id) WHERE from_number IS NOT NULL;
CREATE INDEX calls_by_callee ON calls (workspace, to_number, id) WHERE to_number IS NOT NULL;

-- Calls with a status of which there are few: those that are alive, failed, unanswered.
CREATE TABLE rare_calls (
    workspace uuid NOT NULL,
    id uuid NOT NULL,
    status text COLLATE "C" NOT NULL,
    PRIMARY KEY (workspace, status, id)
) WITH (autovacuum_vacuum_scale_factor = 0.02);

CREATE TABLE messages (
    received_at bigint NOT NULL,
    id uuid PRIMARY KEY,
    workspace uuid NOT NULL,
    call uuid NOT NULL,
    endpoint uuid,
    provider text NOT NULL,
    provider_event text NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0.05);
CREATE INDEX messages_by_call ON messages (call);

-- Bodies of messages, apart so that pruning leaves the messages alone.
CREATE TABLE bodies (
    message uuid PRIMARY KEY,
    body bytea NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0.05);
ALTER TABLE bodies ALTER COLUMN body SET STORAGE EXTERNAL;

CREATE TABLE events (
    at bigint NOT NULL,
    id uuid PRIMARY KEY,
    workspace uuid NOT NULL,
    call uuid NOT NULL,
    message uuid NOT NULL,
    kind text NOT NULL,
    detail bytea NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0.05);
CREATE INDEX events_by_workspace ON events (workspace, id);
CREATE INDEX events_by_call ON events (call, id);

-- What an advance changes is in no index of this table, and pages keep room for the next version of a row.
CREATE TABLE runs (
    version bigint NOT NULL,
    epoch bigint NOT NULL,
    updated_at bigint NOT NULL,
    due_at bigint,
    flow_version integer NOT NULL,
    -- 0 running, 1 waiting, 2 succeeded, 3 failed, 4 cancelled.
    status smallint NOT NULL,
    id uuid PRIMARY KEY,
    workspace uuid NOT NULL,
    flow uuid NOT NULL,
    call uuid NOT NULL,
    event uuid NOT NULL,
    replay_of uuid,
    destination text,
    error text,
    state bytea NOT NULL
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05);
ALTER TABLE runs ALTER COLUMN state SET STORAGE EXTERNAL;
CREATE INDEX runs_by_workspace ON runs (workspace, id);
CREATE INDEX runs_by_flow ON runs (flow, id);
CREATE INDEX runs_by_call ON runs (call);

-- Running runs: a queue of which most rows live for milliseconds.
CREATE TABLE ready (
    id uuid PRIMARY KEY,
    part smallint NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);

-- Runs that wait, failed or were cancelled: of each there are few.
CREATE TABLE rare_runs (
    workspace uuid NOT NULL,
    id uuid NOT NULL,
    status smallint NOT NULL,
    PRIMARY KEY (workspace, status, id)
) WITH (autovacuum_vacuum_scale_factor = 0.02);

-- Every writer counts in a slot of its own, so that none waits for another; read as a sum.
CREATE TABLE run_counts (
    count bigint NOT NULL,
    workspace uuid NOT NULL,
    status smallint NOT NULL,
    slot smallint NOT NULL,
    PRIMARY KEY (workspace, status, slot)
) WITH (fillfactor = 20, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

CREATE TABLE entries (
    run uuid NOT NULL,
    number integer NOT NULL,
    body bytea NOT NULL,
    PRIMARY KEY (run, number)
) WITH (autovacuum_vacuum_scale_factor = 0.05);
ALTER TABLE entries ALTER COLUMN body SET STORAGE EXTERNAL;

CREATE TABLE timers (
    due_at bigint NOT NULL,
    subject uuid NOT NULL,
    kind smallint NOT NULL,
    part smallint NOT NULL,
    PRIMARY KEY (due_at, kind, subject, part)
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);

-- The nodes whose lease has not been taken from them. A batch holds its node's row while it writes, so that whoever removes
-- the row waits for the batch, and a later batch finds it gone.
CREATE TABLE nodes (
    name text COLLATE "C" PRIMARY KEY,
    expires_at timestamptz NOT NULL
) WITH (fillfactor = 20, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

-- The epoch counts how often a partition's owner was lost; the first has epoch 1. The key makes sure that no partition is
-- held by a node that nobody can find lost.
CREATE TABLE leases (
    epoch bigint NOT NULL DEFAULT 1,
    part smallint PRIMARY KEY,
    node text COLLATE "C" REFERENCES nodes (name)
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
INSERT INTO leases (part) SELECT generate_series(0, 1023);

CREATE TABLE generations (
    workspace uuid PRIMARY KEY,
    generation bigint NOT NULL
) WITH (fillfactor = 50);

CREATE TABLE documents (
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    version integer NOT NULL,
    kind smallint NOT NULL,
    enabled boolean NOT NULL,
    id uuid NOT NULL,
    workspace uuid NOT NULL,
    name text NOT NULL,
    alias text COLLATE "C",
    body bytea NOT NULL,
    PRIMARY KEY (kind, id)
);
CREATE INDEX documents_by_workspace ON documents (workspace, kind, id);
CREATE UNIQUE INDEX documents_by_alias ON documents (kind, alias) WHERE alias IS NOT NULL;

CREATE TABLE document_versions (
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    version integer NOT NULL,
    kind smallint NOT NULL,
    enabled boolean NOT NULL,
    id uuid NOT NULL,
    workspace uuid NOT NULL,
    name text NOT NULL,
    alias text,
    body bytea NOT NULL,
    PRIMARY KEY (kind, id, version)
);
