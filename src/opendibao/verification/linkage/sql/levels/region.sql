-- 证件号地区段: the first six places.
CASE
    WHEN pair_is = 2 OR p_region6 = '' OR r_region6 = '' THEN 0
    WHEN p_region6 = r_region6 THEN {region_same}
    WHEN CASE WHEN substring(p_region6, 1, 1) = substring(r_region6, 1, 1) THEN 1 ELSE 0 END
       + CASE WHEN substring(p_region6, 2, 1) = substring(r_region6, 2, 1) THEN 1 ELSE 0 END
       + CASE WHEN substring(p_region6, 3, 1) = substring(r_region6, 3, 1) THEN 1 ELSE 0 END
       + CASE WHEN substring(p_region6, 4, 1) = substring(r_region6, 4, 1) THEN 1 ELSE 0 END
       + CASE WHEN substring(p_region6, 5, 1) = substring(r_region6, 5, 1) THEN 1 ELSE 0 END
       + CASE WHEN substring(p_region6, 6, 1) = substring(r_region6, 6, 1) THEN 1 ELSE 0 END >= 4
    THEN {region_near}
    ELSE {region_other}
  END
