UPDATE documents SET version = ?3, name = ?4, updated_at = ?5, body = ?6
WHERE kind = ?1 AND id = ?2 AND version = ?7
