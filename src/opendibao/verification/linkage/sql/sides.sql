-- The columns that are compared, of our people (p) and of a department's rows (r).
  p.name AS p_name, r.name AS r_name, p.pinyin AS p_pinyin, r.pinyin AS r_pinyin,
  p.surname AS p_surname, r.surname AS r_surname, p.region6 AS p_region6, r.region6 AS r_region6,
  p.birth8 AS p_birth8, r.birth8 AS r_birth8, p.born8 AS p_born8, r.born8 AS r_born8,
  CASE WHEN p.born8 <> '' THEN p.born8 ELSE p.birth8 END AS p_day,
  CASE WHEN r.born8 <> '' THEN r.born8 ELSE r.birth8 END AS r_day,
  p.seq4 AS p_seq4, r.seq4 AS r_seq4, p.sex AS p_sex, r.sex AS r_sex,
  p.phone11 AS p_phone11, r.phone11 AS r_phone11, p.division AS p_division, r.division AS r_division
