-- 手机号.
CASE
    WHEN p_phone11 = '' OR r_phone11 = '' THEN 0
    WHEN p_phone11 = r_phone11 THEN {phone_same}
    ELSE {phone_other}
  END
