INSERT INTO generations (workspace, generation) VALUES (?1, 1)
ON CONFLICT DO UPDATE SET generation = generation + 1
