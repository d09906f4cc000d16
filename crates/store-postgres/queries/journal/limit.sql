SELECT (SELECT used_until FROM limits WHERE key = $1::uuid), (extract(epoch FROM clock_timestamp()) * 1000000)::bigint
