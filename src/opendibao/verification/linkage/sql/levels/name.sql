-- 姓名: the same characters, the same reading, most of the characters, the surname.
CASE
    WHEN p_name = '' OR r_name = '' THEN 0
    WHEN p_name = r_name THEN CASE WHEN length(p_name) > 2 THEN {name_same} ELSE {name_same_short} END
    WHEN p_pinyin = r_pinyin THEN CASE WHEN length(p_name) > 2 THEN {name_sound} ELSE {name_sound_short} END
    -- only the last of three differs: a slip of the pen, or a brother or sister of one generation
    WHEN length(p_name) = 3 AND length(r_name) = 3
         AND substring(p_name, 1, 2) = substring(r_name, 1, 2) THEN {name_kin}
    WHEN length(p_name) = 3 AND length(r_name) = 3 AND (
           (substring(p_name, 1, 1) = substring(r_name, 1, 1) AND substring(p_name, 3, 1) = substring(r_name, 3, 1))
        OR (substring(p_name, 2, 2) = substring(r_name, 2, 2))
        OR (p_name = substring(r_name, 1, 1) || substring(r_name, 3, 1) || substring(r_name, 2, 1))
    ) THEN {name_most}
    WHEN length(p_name) = 3 AND length(r_name) = 2 AND (
           substring(p_name, 1, 2) = r_name OR substring(p_name, 2, 2) = r_name
        OR substring(p_name, 1, 1) || substring(p_name, 3, 1) = r_name
    ) THEN {name_most}
    WHEN length(p_name) = 2 AND length(r_name) = 3 AND (
           substring(r_name, 1, 2) = p_name OR substring(r_name, 2, 2) = p_name
        OR substring(r_name, 1, 1) || substring(r_name, 3, 1) = p_name
    ) THEN {name_most}
    WHEN length(p_name) > 3 AND length(r_name) > 2 AND (
        substring(p_name, 1, 3) = substring(r_name, 1, 3) OR (length(r_name) = length(p_name)
        AND substring(p_name, length(p_name) - 2, 3) = substring(r_name, length(r_name) - 2, 3))
    ) THEN {name_most}
    WHEN p_surname = r_surname THEN {name_surname}
    ELSE {name_other}
  END
