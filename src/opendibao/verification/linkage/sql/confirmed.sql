-- The same number and the name agrees, and no second person has that number: settled.
SELECT s.person, s.record, s.pattern, v.score
FROM same_number s
JOIN verdicts v ON v.pattern = s.pattern
WHERE v.tier = 'confirmed'
  AND s.record NOT IN (SELECT record FROM same_number GROUP BY record HAVING count(*) > 1)
