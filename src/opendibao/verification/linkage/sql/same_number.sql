-- Tier A and B: the numbers are the same.
SELECT person, record, {levels} AS pattern
FROM (
  SELECT p.i AS person, r.i AS record, {sides}
  FROM records r JOIN people p ON p.id18 = r.id18
  WHERE r.id18 <> ''
) AS pairs
