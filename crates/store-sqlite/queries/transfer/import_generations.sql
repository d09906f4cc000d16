INSERT INTO generations (workspace, generation) VALUES (?1, ?2)
ON CONFLICT DO UPDATE SET generation = max(generation, excluded.generation)
