-- 住址区划: village, township, county.
CASE
    WHEN p_division = '' OR r_division = '' THEN 0
    WHEN p_division = r_division AND substring(p_division, 10, 3) NOT IN ('', '000') THEN {division_village}
    WHEN substring(p_division, 1, 9) = substring(r_division, 1, 9)
         AND substring(p_division, 7, 3) NOT IN ('', '000') THEN {division_township}
    WHEN substring(p_division, 1, 6) = substring(r_division, 1, 6) THEN {division_county}
    ELSE {division_other}
  END
