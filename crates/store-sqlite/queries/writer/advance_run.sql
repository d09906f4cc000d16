UPDATE runs SET status = ?2, destination = ?3, version = ?4, epoch = ?5, error = ?6, updated_at = ?7, due_at = ?8, state = ?9
WHERE n = ?1
