UPDATE leases l SET epoch = given.epoch
FROM unnest($1::bigint[]) WITH ORDINALITY AS given (epoch, number)
WHERE l.part = given.number - 1 AND l.epoch < given.epoch
