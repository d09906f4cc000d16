INSERT INTO runs (id, workspace, flow, flow_version, call, event, replay_of, status, destination, version, epoch,
    error, updated_at, due_at, state, parent)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)
