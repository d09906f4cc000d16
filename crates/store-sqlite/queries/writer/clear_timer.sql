DELETE FROM timers WHERE due_at = ?1 AND kind = ?2 AND subject = ?3 AND part = ?4
