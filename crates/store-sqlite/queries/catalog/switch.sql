UPDATE documents SET enabled = ?3 WHERE kind = ?1 AND id = ?2 AND enabled <> ?3 RETURNING workspace
