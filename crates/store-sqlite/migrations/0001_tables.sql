-- Hot tables are clustered or indexed by id: ids are time-ordered, so a transaction appends at the right edge of each
-- tree and touches few pages. Bodies stand in rowid tables, where a row of up to a page needs no overflow page.
-- Times are microseconds, ids are 16 bytes, bodies and states carry a leading format byte.

CREATE TABLE calls (
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    -- The only scattered tree: a hash.
    key BLOB NOT NULL UNIQUE,
    workspace BLOB NOT NULL,
    version INTEGER NOT NULL,
    provider TEXT NOT NULL,
    provider_call_id TEXT NOT NULL,
    direction TEXT,
    from_number TEXT,
    to_number TEXT,
    agent TEXT,
    campaign TEXT,
    status TEXT,
    disposition TEXT,
    duration_s REAL,
    started_at INTEGER,
    ended_at INTEGER,
    state BLOB NOT NULL
) STRICT;
CREATE INDEX calls_by_workspace ON calls (workspace, id);
CREATE INDEX calls_by_agent ON calls (workspace, agent, id) WHERE agent IS NOT NULL;
CREATE INDEX calls_by_campaign ON calls (workspace, campaign, id) WHERE campaign IS NOT NULL;
-- The statuses of which there are few: calls that are alive, failed, unanswered.
CREATE INDEX calls_by_status ON calls (workspace, status, id) WHERE status NOT IN ('completed', 'ended');
CREATE INDEX calls_by_caller ON calls (workspace, from_number, id) WHERE from_number IS NOT NULL;
CREATE INDEX calls_by_callee ON calls (workspace, to_number, id) WHERE to_number IS NOT NULL;

CREATE TABLE messages (
    id BLOB PRIMARY KEY,
    workspace BLOB NOT NULL,
    call BLOB NOT NULL,
    endpoint BLOB,
    provider TEXT NOT NULL,
    provider_event TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    -- Row of `bodies`.
    body INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX messages_by_call ON messages (call);

-- Bodies of messages in the order of their coming; pruning removes rows from the front, so their pages are used again.
CREATE TABLE bodies (
    n INTEGER PRIMARY KEY,
    message BLOB NOT NULL,
    body BLOB NOT NULL
) STRICT;

CREATE TABLE events (
    id BLOB PRIMARY KEY,
    workspace BLOB NOT NULL,
    call BLOB NOT NULL,
    message BLOB NOT NULL,
    kind TEXT NOT NULL,
    at INTEGER NOT NULL,
    detail BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX events_by_workspace ON events (workspace, id);
CREATE INDEX events_by_call ON events (call, id);

CREATE TABLE runs (
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    workspace BLOB NOT NULL,
    flow BLOB NOT NULL,
    flow_version INTEGER NOT NULL,
    call BLOB NOT NULL,
    event BLOB NOT NULL,
    replay_of BLOB,
    -- 0 running, 1 waiting, 2 succeeded, 3 failed, 4 cancelled.
    status INTEGER NOT NULL,
    destination TEXT,
    version INTEGER NOT NULL,
    epoch INTEGER NOT NULL,
    error TEXT,
    updated_at INTEGER NOT NULL,
    due_at INTEGER,
    state BLOB NOT NULL
) STRICT;
CREATE INDEX runs_by_workspace ON runs (workspace, id);
CREATE INDEX runs_by_flow ON runs (flow, id);
CREATE INDEX runs_by_call ON runs (call);
CREATE INDEX runs_ready ON runs (id) WHERE status = 0;
CREATE INDEX runs_by_status ON runs (workspace, status, id) WHERE status IN (1, 3, 4);

CREATE TABLE run_counts (
    workspace BLOB NOT NULL,
    status INTEGER NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (workspace, status)
) STRICT, WITHOUT ROWID;

CREATE TABLE entries (
    n INTEGER PRIMARY KEY,
    run BLOB NOT NULL,
    number INTEGER NOT NULL,
    body BLOB NOT NULL,
    UNIQUE (run, number)
) STRICT;

CREATE TABLE timers (
    due_at INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    subject BLOB NOT NULL,
    part INTEGER NOT NULL,
    PRIMARY KEY (due_at, kind, subject, part)
) STRICT, WITHOUT ROWID;

-- One row: the file lock owns all partitions at once.
CREATE TABLE lease (
    n INTEGER PRIMARY KEY CHECK (n = 1),
    node TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    taken_at INTEGER NOT NULL
) STRICT;

CREATE TABLE generations (
    workspace BLOB PRIMARY KEY,
    generation INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE documents (
    kind INTEGER NOT NULL,
    id BLOB NOT NULL,
    workspace BLOB NOT NULL,
    version INTEGER NOT NULL,
    name TEXT NOT NULL,
    alias TEXT,
    enabled INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    body BLOB NOT NULL,
    UNIQUE (kind, id)
) STRICT;
CREATE INDEX documents_by_workspace ON documents (workspace, kind, id);
CREATE UNIQUE INDEX documents_by_alias ON documents (kind, alias) WHERE alias IS NOT NULL;

CREATE TABLE document_versions (
    kind INTEGER NOT NULL,
    id BLOB NOT NULL,
    workspace BLOB NOT NULL,
    version INTEGER NOT NULL,
    name TEXT NOT NULL,
    alias TEXT,
    enabled INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    body BLOB NOT NULL,
    UNIQUE (kind, id, version)
) STRICT;
