-- The state comes along only for whoever did not expect this version, and is told the whole row.
SELECT c.id, c.key, c.workspace, c.version, CASE WHEN w.expect IS DISTINCT FROM c.version THEN c.state END,
    c.provider, c.provider_call_id, c.direction, c.from_number, c.to_number, c.agent, c.campaign, c.status, c.disposition,
    c.duration_s, c.started_at, c.ended_at, c.sentiment, c.answers, c.words, w.expect IS DISTINCT FROM c.version
FROM unnest($1::uuid[], $2::bigint[]) AS w (key, expect) JOIN calls c ON c.key = w.key
