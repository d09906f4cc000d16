INSERT INTO messages (id, workspace, call, endpoint, provider, provider_event, received_at)
SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::bigint[])
ON CONFLICT (id) DO NOTHING
