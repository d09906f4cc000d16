SELECT run, number, body FROM entries WHERE (run, number) > (?1, ?2) ORDER BY run, number
