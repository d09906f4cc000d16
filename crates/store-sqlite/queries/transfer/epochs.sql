SELECT CASE node WHEN '' THEN epoch ELSE epoch + 1 END FROM lease WHERE n = 1
