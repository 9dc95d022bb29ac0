-- 出生日期 beside the same number: it only counts when it contradicts the number.
CASE WHEN r_born8 <> '' AND p_birth8 <> '' AND r_born8 <> p_birth8 AND r_born8 <> p_born8 THEN {born_other} ELSE 0 END
