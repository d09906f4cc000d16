SELECT status, disposition, count(*) FROM (SELECT status, disposition FROM calls INDEXED BY calls_by_campaign
    WHERE workspace = ?1 AND campaign = ?2 AND id >= ?3 ORDER BY id DESC LIMIT ?4) GROUP BY status, disposition
