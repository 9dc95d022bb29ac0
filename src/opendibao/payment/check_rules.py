"""核对规则: the nine questions asked of a frozen list, each one SELECT of household, division and what was found.

Parameters: run, on (the freeze day), county (code prefix), times, rural, urban (standards in fen), since (accounts that
are younger are looked at), month.
"""

from opendibao.payment.models import CheckKind

NUMBER = "replace(l.snapshot #>> '{account,number}', ' ', '')"
ONES = "FROM payment_payline l"
MINE = "l.run_id = %(run)s"
# A member who has died since the decision counted him, or whose death was learnt after it. A death ends the membership
# the day after, so that the list of members of the freeze day no longer names him.
DEAD = f"""
SELECT l.household_id, l.division,
  string_agg(DISTINCT p.name || '（' || p.died || '）', '、') || '已故'
    || CASE WHEN NOT EXISTS (
      SELECT FROM registry_membership living JOIN registry_person q ON q.id = living.person_id
      WHERE living.household_id = l.household_id AND living.valid @> %(on)s::date AND upper_inf(living.recorded)
        AND (q.died IS NULL OR q.died > %(on)s::date)) THEN '，家中已无在世的成员' ELSE '' END
{ONES} JOIN decision_decision d ON d.id = l.decision_id
JOIN registry_membership m ON m.household_id = l.household_id AND upper_inf(m.recorded)
JOIN registry_person p ON p.id = m.person_id AND p.died <= %(on)s::date
WHERE {MINE} AND (m.valid && daterange(d.decided_on, %(on)s::date, '[]')
  OR upper(m.valid) = p.died + 1 AND (p.died_recorded_at AT TIME ZONE 'Asia/Shanghai')::date > d.decided_on)
GROUP BY l.household_id, l.division
"""
OTHER_COUNTY = f"""
SELECT l.household_id, l.division,
  CASE WHEN p.id IS NULL THEN '冻结日在本县没有户籍地登记' ELSE '成员中有' || away.persons || '人登记在外县' END
{ONES}
LEFT JOIN registry_householdplace p ON p.household_id = l.household_id AND p.valid @> %(on)s::date
  AND upper_inf(p.recorded) AND starts_with(p.division, %(county)s)
LEFT JOIN (
  SELECT m.household_id, count(*) AS persons FROM registry_membership m
  LEFT JOIN registry_person q ON q.id = m.person_id AND starts_with(q.division, %(county)s)
  WHERE m.valid @> %(on)s::date AND upper_inf(m.recorded) AND q.id IS NULL GROUP BY m.household_id
) AS away ON away.household_id = l.household_id
WHERE {MINE} AND (p.id IS NULL OR away.household_id IS NOT NULL)
"""
ACCOUNT_MISSING = f"""
SELECT l.household_id, l.division, '冻结日没有登记银行账户'
{ONES} WHERE {MINE} AND l.snapshot #>> '{{account,number}}' IS NULL
"""
# a clerk reads no numbers of another township's families
ACCOUNT_SHARED = f"""
SELECT mine.household_id, mine.division,
  '账号尾号' || right(mine.number, 4) || '，同一账号另有 ' || concat_ws('、',
    string_agg(h.number, '、' ORDER BY h.number) FILTER (WHERE left(h.division, 9) = left(mine.division, 9)),
    '外乡镇' || nullif(count(*) FILTER (WHERE left(h.division, 9) <> left(mine.division, 9)), 0) || '户')
FROM (SELECT l.household_id, l.division, {NUMBER} AS number {ONES} WHERE {MINE}) AS mine
JOIN (
  SELECT number, array_agg(household_id) AS households
  FROM (SELECT l.household_id, {NUMBER} AS number {ONES} WHERE {MINE}) AS used
  WHERE number IS NOT NULL GROUP BY number HAVING count(*) > 1
) AS shared ON shared.number = mine.number
JOIN registry_household h ON h.id = ANY(shared.households) AND h.id <> mine.household_id
GROUP BY mine.household_id, mine.division, mine.number
"""
# the answer counts only for the account that is on the list now
ACCOUNT_REFUSED = f"""
SELECT l.household_id, l.division, '银行预核：' || answer.result
  || CASE WHEN answer.holder <> '' THEN '，银行登记户名“' || answer.holder || '”' ELSE '' END
FROM payment_accountanswer answer JOIN payment_payline l ON l.household_id = answer.household_id AND {MINE}
WHERE answer.file_id = (SELECT max(file_id) FROM payment_accountanswer WHERE run_id = %(run)s)
  AND answer.result <> 'ok' AND answer.account = l.snapshot #>> '{{account,number}}'
"""
# the members that were frozen with the line: no second walk over everybody in the county
NAME_DIFFERS = f"""
SELECT l.household_id, l.division, '户名“' || (l.snapshot #>> '{{account,holder}}') || '”不是家庭成员'
{ONES} WHERE {MINE} AND l.snapshot #>> '{{account,holder}}' IS NOT NULL AND NOT l.snapshot -> 'members'
  @> jsonb_build_array(jsonb_build_object('name', l.snapshot #>> '{{account,holder}}'))
"""
# the tables of decisions refuse such a decision; should one get in, it has no line and is named
ZERO = """
SELECT d.household_id, d.division, '决定' || d.number || '的月保障金为零，没有列入名册'
FROM decision_decision d WHERE d.months @> %(month)s::date AND d.amount_fen = 0
"""
OVER_STANDARD = f"""
SELECT l.household_id, l.division, '每月' || to_char(l.amount_fen / 100.0, 'FM999999990.00') || '元，' || l.persons
  || '人，标准每人' || to_char(standard.fen / 100.0, 'FM999999990.00') || '元，超过' || %(times)s::int || '倍'
{ONES} JOIN (VALUES ('rural', %(rural)s::bigint), ('urban', %(urban)s::bigint)) AS standard (area, fen)
  ON standard.area = l.area
WHERE {MINE} AND l.amount_fen > %(times)s::bigint * standard.fen * l.persons
"""
# the first account of a household is no change; a correction of the number counts from the day it was made
ACCOUNT_CHANGED = f"""
SELECT l.household_id, l.division, '账户' || now.since || '起改为尾号' || right(now.number, 4)
{ONES} JOIN (
  SELECT b.household_id, b.number, greatest(lower(b.valid), min(
    (lower(first.recorded) AT TIME ZONE 'Asia/Shanghai')::date)) AS since
  FROM registry_bankaccount b
  JOIN (SELECT household_id FROM registry_bankaccount GROUP BY household_id HAVING min(number) <> max(number))
    AS several ON several.household_id = b.household_id
  JOIN registry_bankaccount first ON first.household_id = b.household_id AND first.number = b.number
  WHERE b.valid @> %(on)s::date AND upper_inf(b.recorded) GROUP BY b.id
) AS now ON now.household_id = l.household_id
WHERE {MINE} AND now.since > %(since)s::date AND now.since <= %(on)s::date
"""
ASKED: dict[CheckKind, str] = {
    CheckKind.DEAD: DEAD,
    CheckKind.OTHER_COUNTY: OTHER_COUNTY,
    CheckKind.ACCOUNT_MISSING: ACCOUNT_MISSING,
    CheckKind.ACCOUNT_SHARED: ACCOUNT_SHARED,
    CheckKind.ACCOUNT_REFUSED: ACCOUNT_REFUSED,
    CheckKind.NAME_DIFFERS: NAME_DIFFERS,
    CheckKind.ZERO: ZERO,
    CheckKind.OVER_STANDARD: OVER_STANDARD,
    CheckKind.ACCOUNT_CHANGED: ACCOUNT_CHANGED,
}
