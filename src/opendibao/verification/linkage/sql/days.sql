-- Every day of birth that a side tells: the one in the number, and another one told beside it.
SELECT i, pinyin, birth8 AS day FROM {table} WHERE birth8 <> ''
UNION ALL
SELECT i, pinyin, born8 AS day FROM {table} WHERE born8 <> '' AND born8 <> birth8
