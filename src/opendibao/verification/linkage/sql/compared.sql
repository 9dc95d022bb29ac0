-- The candidates field by field; where the numbers are the same that was done before.
-- pair_is: 2 both numbers are whole, so they are different; 0 one of them is damaged or missing.
SELECT person, record, {levels} AS pattern
FROM (
  SELECT c.person, c.record,
    CASE WHEN p.id_flag IN ('ok', 'legacy15') AND r.id_flag IN ('ok', 'legacy15')
              AND substring(r.seq4, 2, 3) <> '000' THEN 2 ELSE 0 END AS pair_is,
    {sides}
  FROM candidates c
  JOIN people p ON p.i = c.person
  JOIN unsettled r ON r.i = c.record
  WHERE p.id18 <> r.id18 OR r.id18 = ''
) AS pairs
UNION ALL
SELECT person, record, pattern
FROM same_number
WHERE record NOT IN (SELECT record FROM confirmed)
