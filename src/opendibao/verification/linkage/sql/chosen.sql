-- One person automatically, or some for a person to look at: those who hold the number, or come near the best.
SELECT person, record, pattern, score, margin, 'confirmed' AS tier
FROM ranked
WHERE confirmed_here = 1 AND tier = 'confirmed'
UNION ALL
SELECT person, record, pattern, score, margin, 'repaired' AS tier
FROM ranked
WHERE place = 1 AND tier = 'repaired' AND same_number_here = 0 AND (margin IS NULL OR margin >= {margin})
UNION ALL
SELECT person, record, pattern, score, margin, 'review' AS tier
FROM ranked
WHERE confirmed_here <> 1
  AND (confirmed_here = 0 OR tier = 'confirmed')
  AND (is_same_number OR (
    place <= {offered} AND score >= {review} AND (same_number_here > 0 OR best - score < {margin})
  ))
  AND record NOT IN (
    SELECT record FROM ranked
    WHERE place = 1 AND tier = 'repaired' AND same_number_here = 0 AND (margin IS NULL OR margin >= {margin})
  )
