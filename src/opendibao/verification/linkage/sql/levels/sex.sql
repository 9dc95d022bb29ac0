-- 性别.
CASE
    WHEN p_sex = '' OR r_sex = '' THEN 0
    WHEN pair_is = 2 THEN 0
    WHEN p_sex = r_sex THEN {sex_same}
    ELSE {sex_other}
  END
