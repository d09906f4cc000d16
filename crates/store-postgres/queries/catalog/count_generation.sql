INSERT INTO generations (workspace, generation) VALUES ($1::uuid, 1)
ON CONFLICT (workspace) DO UPDATE SET generation = generations.generation + 1
