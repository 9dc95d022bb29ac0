-- The rows that are looked for by other means. is_doubtful: the number is damaged or missing, or belongs to somebody
-- else by its own row (another name at that number here, another sex or day of birth told beside it), or ends in 000
-- and may have been destroyed by a workbook (one such in eleven has the right check digit by chance).
SELECT {columns},
  r.id_flag NOT IN ('ok', 'legacy15')
  OR substring(r.seq4, 2, 3) = '000'
  OR r.i IN (SELECT record FROM same_number)
  OR (r.born8 <> '' AND r.birth8 <> '' AND r.born8 <> r.birth8)
  OR (r.seq4 <> '' AND r.sex = 'male' AND substring(r.seq4, 3, 1) IN ('0', '2', '4', '6', '8'))
  OR (r.seq4 <> '' AND r.sex = 'female' AND substring(r.seq4, 3, 1) IN ('1', '3', '5', '7', '9')) AS is_doubtful
FROM records r
WHERE r.has_key AND r.i NOT IN (SELECT record FROM confirmed)
