-- One block: a plain equi-join on columns that are filled on both sides.
SELECT p.i AS person, r.i AS record
FROM {people} p JOIN {rows} r ON {equal}
WHERE {filled}
