-- 出生日期: of the number or told beside it, on either side.
CASE
    -- with two whole numbers the day of the row counts only when it was told beside a number that says another
    WHEN pair_is = 2 THEN CASE
        WHEN r_born8 <> r_birth8 AND r_born8 IN (p_born8, p_birth8) THEN {born_same} ELSE 0 END
    WHEN (r_born8 = '' AND r_birth8 = '') OR (p_born8 = '' AND p_birth8 = '') THEN 0
    WHEN r_born8 <> '' AND r_born8 IN (p_born8, p_birth8) THEN {born_same}
    WHEN r_birth8 <> '' AND r_birth8 IN (p_born8, p_birth8) THEN {born_same}
    -- two of year, month and day
    WHEN CASE WHEN substring(p_day, 1, 4) = substring(r_day, 1, 4) THEN 1 ELSE 0 END
       + CASE WHEN substring(p_day, 5, 2) = substring(r_day, 5, 2) THEN 1 ELSE 0 END
       + CASE WHEN substring(p_day, 7, 2) = substring(r_day, 7, 2) THEN 1 ELSE 0 END >= 2 THEN {born_near}
    -- month and day exchanged, or two neighbouring places
    WHEN p_day IN (
        substring(r_day, 1, 4) || substring(r_day, 7, 2) || substring(r_day, 5, 2),
        substring(r_day, 1, 1) || substring(r_day, 3, 1) || substring(r_day, 2, 1) || substring(r_day, 4, 5),
        substring(r_day, 1, 3) || substring(r_day, 5, 1) || substring(r_day, 4, 1) || substring(r_day, 6, 3),
        substring(r_day, 1, 5) || substring(r_day, 7, 1) || substring(r_day, 6, 1) || substring(r_day, 8, 1)
    ) THEN {born_near}
    WHEN substring(p_day, 1, 4) = substring(r_day, 1, 4) THEN {born_year}
    ELSE {born_other}
  END
