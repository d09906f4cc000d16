-- A call that somebody else changed since it was looked at divides by zero, and the batch is undone.
WITH unlisted AS (
    DELETE FROM rare_calls q USING unnest($20::uuid[], $21::text[], $22::uuid[]) AS l (workspace, status, id)
    WHERE q.workspace = l.workspace AND q.status = l.status AND q.id = l.id
), listed AS (
    INSERT INTO rare_calls (workspace, status, id)
    SELECT * FROM unnest($23::uuid[], $24::text[], $25::uuid[])
), changed AS (
    UPDATE calls c SET version = t.version, provider = t.provider, provider_call_id = t.provider_call_id, direction =
        t.direction, from_number = t.from_number, to_number = t.to_number, agent = t.agent, campaign = t.campaign,
        status = t.status, disposition = t.disposition, duration_s = t.duration_s, started_at = t.started_at,
        ended_at = t.ended_at, state = t.state, sentiment = t.sentiment, answers = t.answers, words = t.words
    FROM unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
        $9::text[], $10::text[], $11::text[], $12::text[], $13::double precision[], $14::bigint[], $15::bigint[],
        $16::bytea[], $17::text[], $18::text[], $19::text[])
        AS t (key, expect, version, provider, provider_call_id, direction, from_number, to_number, agent, campaign, status,
        disposition, duration_s, started_at, ended_at, state, sentiment, answers, words)
    WHERE c.key = t.key AND c.version = t.expect RETURNING 1
)
SELECT 1 / (count(*) = cardinality($1::uuid[]))::integer FROM changed
