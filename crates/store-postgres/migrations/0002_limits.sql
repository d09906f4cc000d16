-- What was taken of limits that nodes share: until when each is used up, in microseconds. Few rows, written often.
CREATE TABLE limits (
    key uuid PRIMARY KEY,
    used_until bigint NOT NULL
) WITH (fillfactor = 20, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
