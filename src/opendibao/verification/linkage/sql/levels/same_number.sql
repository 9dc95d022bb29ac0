-- 证件号相同.
{id_number_same}
