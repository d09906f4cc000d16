INSERT INTO generations (workspace, generation) SELECT * FROM unnest($1::uuid[], $2::bigint[])
ON CONFLICT (workspace) DO UPDATE SET generation = greatest(generations.generation, excluded.generation)
