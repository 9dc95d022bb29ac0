-- 性别 beside the same number: it only counts when it contradicts.
CASE WHEN r_sex <> '' AND p_sex <> '' AND r_sex <> p_sex THEN {sex_other} ELSE 0 END
