-- Takes nodes off the roster, and counts their partitions as lost ($2 = 1) or not (0).
WITH freed AS (UPDATE leases SET node = NULL, epoch = epoch + $2::bigint WHERE node = ANY ($1::text[]))
DELETE FROM nodes WHERE name = ANY ($1::text[])
