-- What was taken of limits that nodes share: until when each is used up, in microseconds.
CREATE TABLE limits (
    key BLOB PRIMARY KEY,
    used_until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
