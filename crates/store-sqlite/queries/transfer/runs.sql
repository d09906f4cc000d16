SELECT r.id, r.workspace, r.flow, r.flow_version, r.call, r.event, r.replay_of, r.status, r.destination, r.version, r.epoch,
    r.state, r.error, r.updated_at, r.due_at, r.parent
FROM runs r WHERE r.id > ?1 ORDER BY r.id
