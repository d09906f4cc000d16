SELECT c.id, c.key, c.workspace, c.version, c.state, c.provider, c.provider_call_id, c.direction, c.from_number, c.to_number,
    c.agent, c.campaign, c.status, c.disposition, c.duration_s, c.started_at, c.ended_at,
    c.sentiment, c.answers, c.words
FROM calls c
WHERE c.workspace = $1::uuid AND c.id >= $2::uuid AND c.id < $3::uuid
    AND ($1::uuid IS NULL OR c.workspace = $1::uuid) AND ($5::text IS NULL OR c.status = $5::text) AND ($6::text IS NULL OR c.agent = $6::text)
    AND ($7::text IS NULL OR c.campaign = $7::text) AND ($8::text IS NULL OR c.disposition = $8::text)
    AND ($9::text IS NULL OR c.from_number = $9::text OR c.to_number = $9::text)
    AND ($10::text IS NULL OR c.provider = $10::text)
    AND ($11::double precision IS NULL OR c.duration_s >= $11::double precision)
    AND ($12::double precision IS NULL OR c.duration_s <= $12::double precision)
    AND ($13::text IS NULL OR c.sentiment = $13::text) AND ($14::text IS NULL OR strpos(c.answers, $14::text) > 0)
    AND ($15::text IS NULL OR coalesce(c.words, lower(coalesce(c.from_number, '') || ' ' || coalesce(c.to_number, '') || chr(10)
        || c.provider_call_id || chr(10))) LIKE ANY (ARRAY[$15::text, $16::text]))
ORDER BY c.id DESC LIMIT $4::bigint
