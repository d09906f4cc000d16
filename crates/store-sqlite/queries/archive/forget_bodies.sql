DELETE FROM bodies WHERE n IN (
    SELECT b.n FROM messages m JOIN bodies b ON b.n = m.body AND b.message = m.id WHERE m.call = ?1)
