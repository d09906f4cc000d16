WITH listed AS (
    INSERT INTO rare_calls (workspace, status, id)
    SELECT * FROM unnest($21::uuid[], $22::text[], $23::uuid[]))
INSERT INTO calls (id, key, workspace, version, provider, provider_call_id, direction, from_number, to_number,
    agent, campaign, status, disposition, duration_s, started_at, ended_at, state, sentiment, answers, words)
SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bigint[], $5::text[], $6::text[], $7::text[], $8::text[],
    $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::double precision[], $15::bigint[],
    $16::bigint[], $17::bytea[], $18::text[], $19::text[], $20::text[])
