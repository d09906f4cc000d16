SELECT key, version, id, workspace, status FROM calls WHERE key = ANY ($1::uuid[])
