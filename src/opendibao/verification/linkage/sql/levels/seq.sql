-- 证件号后四位: sequence and check digit.
CASE
    -- a workbook turns the last three places into 000
    WHEN pair_is = 2 OR p_seq4 = '' OR r_seq4 = '' OR substring(r_seq4, 2, 3) = '000' THEN 0
    WHEN p_seq4 = r_seq4 THEN {seq_same}
    WHEN CASE WHEN substring(p_seq4, 1, 1) = substring(r_seq4, 1, 1) THEN 1 ELSE 0 END
       + CASE WHEN substring(p_seq4, 2, 1) = substring(r_seq4, 2, 1) THEN 1 ELSE 0 END
       + CASE WHEN substring(p_seq4, 3, 1) = substring(r_seq4, 3, 1) THEN 1 ELSE 0 END
       + CASE WHEN substring(p_seq4, 4, 1) = substring(r_seq4, 4, 1) THEN 1 ELSE 0 END >= 3 THEN {seq_near}
    -- two neighbours exchanged
    WHEN p_seq4 IN (
        substring(r_seq4, 2, 1) || substring(r_seq4, 1, 1) || substring(r_seq4, 3, 2),
        substring(r_seq4, 1, 1) || substring(r_seq4, 3, 1) || substring(r_seq4, 2, 1) || substring(r_seq4, 4, 1),
        substring(r_seq4, 1, 2) || substring(r_seq4, 4, 1) || substring(r_seq4, 3, 1)
    ) THEN {seq_near}
    ELSE {seq_other}
  END
