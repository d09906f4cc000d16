SELECT r.id, r.workspace, r.flow, r.flow_version, r.call, r.event, r.replay_of, r.status, r.destination, r.version, r.epoch,
    r.state, r.error, r.updated_at, r.due_at, r.parent
FROM runs r INDEXED BY runs_by_parent
WHERE r.parent = ?12 AND r.id >= ?2 AND r.id < ?3
    AND (?1 IS NULL OR r.workspace = ?1) AND (?5 IS NULL OR r.flow = ?5)
    AND (?6 >> r.status) & 1 AND (?11 IS NULL OR r.status = ?11)
    AND (?7 IS NULL OR r.call = ?7) AND (?8 IS NULL OR r.event = ?8)
    AND (?12 IS NULL OR r.parent = ?12)
    AND (NOT ?13 OR r.parent IS NULL OR r.flow <> (SELECT p.flow FROM runs p WHERE p.id = r.parent))
    AND (?9 IS NULL AND ?10 IS NULL OR EXISTS (SELECT 1 FROM calls c WHERE c.id = r.call
        AND (?9 IS NULL OR c.agent = ?9) AND (?10 IS NULL OR c.campaign = ?10)))
ORDER BY r.id DESC LIMIT ?4
