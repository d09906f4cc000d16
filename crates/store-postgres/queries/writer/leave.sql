WITH freed AS (UPDATE leases SET node = NULL WHERE node = $1::text)
DELETE FROM nodes WHERE name = $1::text
