-- 证件号: two whole numbers that differ; where one is damaged its segments are compared instead.
CASE WHEN pair_is = 2 THEN {id_number_other} ELSE 0 END
