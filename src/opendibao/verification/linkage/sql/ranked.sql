-- The persons of each row, the heaviest first; equal ones in the order of their keys, so that nothing hangs on chance.
SELECT c.person, c.record, c.pattern, v.score, v.tier, v.is_same_number,
  row_number() OVER (PARTITION BY c.record ORDER BY v.score DESC, p.key) AS place,
  max(v.score) OVER (PARTITION BY c.record) AS best,
  v.score - lead(v.score) OVER (PARTITION BY c.record ORDER BY v.score DESC, p.key) AS margin,
  sum(CASE WHEN v.tier = 'confirmed' THEN 1 ELSE 0 END) OVER (PARTITION BY c.record) AS confirmed_here,
  sum(CASE WHEN v.is_same_number THEN 1 ELSE 0 END) OVER (PARTITION BY c.record) AS same_number_here
FROM compared c
JOIN verdicts v ON v.pattern = c.pattern
JOIN people p ON p.i = c.person
