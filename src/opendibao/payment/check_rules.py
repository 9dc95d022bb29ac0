"""核对规则: the eleven questions asked of a frozen list, each one SELECT of household, division and what was found.

Parameters: run, on (the freeze day), county (code prefix), times, rural, urban (standards in fen), since (accounts that
are younger are looked at), month, homes (households in one hand that are many), custody_months, proxy_months (how often
a kept card and a proxy are looked at), holding (kinds of warnings that ask to hold before they are settled).
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
FROM (SELECT DISTINCT l.household_id, l.division, {NUMBER} AS number {ONES} WHERE {MINE}) AS mine
JOIN (
  SELECT number, array_agg(household_id) AS households
  FROM (SELECT DISTINCT l.household_id, {NUMBER} AS number {ONES} WHERE {MINE}) AS used
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
# the members that were frozen with the line: no second walk over everybody in the county. An account of a proxy is in
# order where the county took note of an agreement that lets the money go there
NAME_DIFFERS = f"""
SELECT household_id, division, '户名“' || holder || '”不是家庭成员'
  || CASE WHEN count(*) OVER (PARTITION BY holder) > 1
    THEN '，另有' || count(*) OVER (PARTITION BY holder) - 1 || '户也打入这个户名的账户' ELSE '' END
FROM (
  SELECT DISTINCT l.household_id, l.division, l.snapshot #>> '{{account,holder}}' AS holder
  {ONES} WHERE {MINE} AND l.snapshot #>> '{{account,holder}}' IS NOT NULL AND NOT l.snapshot -> 'members'
    @> jsonb_build_array(jsonb_build_object('name', l.snapshot #>> '{{account,holder}}'))
    AND NOT EXISTS (SELECT FROM registry_proxy p
      WHERE p.household_id = l.household_id AND p.name = l.snapshot #>> '{{account,holder}}' AND p.takes_account
        AND p.filed_on <= %(on)s::date AND daterange(p.since, p.until, '[]') @> %(on)s::date)
) AS strange
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
WHERE {MINE} AND l.kind = 'regular' AND l.amount_fen > %(times)s::bigint * standard.fen * l.persons
"""
# the first account of a household is no change; a correction of the number counts from the day it was made. Who asked
# and who made sure, and how, stands in the finding: the second look begins with the first one
ACCOUNT_CHANGED = f"""
SELECT l.household_id, l.division, '账户' || now.since || '起改为尾号' || right(now.number, 4) || coalesce((
  SELECT '：' || c.made_by || '提出，' || c.settled_by
    || CASE c.how WHEN 'telephone' THEN '打登记电话核实' ELSE '当面看存折或银行卡核实' END
    || CASE WHEN c.note <> '' THEN '（' || c.note || '）' ELSE '' END
  FROM registry_accountchange c
  WHERE c.household_id = l.household_id AND c.number = now.number AND c.state = 'confirmed'
  ORDER BY c.settled_on DESC, c.id DESC LIMIT 1), '')
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
# A kept card or a proxy that does not stand as agreed: the last look found it wrong, or one keeps and collects for many
# households and the county has taken no note of the agreement, or nobody has looked in time.
KEEPING = f"""
WITH hand AS (
  SELECT c.household_id, left(c.division, 9) AS town, c.custodian AS name, '银行卡由' || c.custodian || '代管' AS said,
    coalesce(NOT last.fits, false) AS is_wrong,
    CASE WHEN NOT last.fits THEN '上次核查不相符' WHEN c.filed_on IS NULL THEN '协议没有备案'
      WHEN coalesce(last.checked_on, c.handed_on) + make_interval(months => %(custody_months)s) < %(on)s::date
      THEN '核查已逾期' END AS lacks
  FROM registry_custody c LEFT JOIN LATERAL (
    SELECT k.checked_on, k.is_there AND k.is_paid_out AS fits FROM registry_custodycheck k
    WHERE k.custody_id = c.id AND k.checked_on <= %(on)s::date ORDER BY k.checked_on DESC LIMIT 1) AS last ON true
  WHERE c.handed_on <= %(on)s::date AND coalesce(c.returned_on > %(on)s::date, true)
  UNION ALL
  SELECT p.household_id, left(p.division, 9), p.name, '低保金由' || p.name || '代领', false,
    CASE WHEN p.filed_on IS NULL THEN '协议没有备案'
      WHEN coalesce(last.reviewed_on, p.since) + make_interval(months => %(proxy_months)s) < %(on)s::date
      THEN '复核已逾期' END
  FROM registry_proxy p LEFT JOIN LATERAL (
    SELECT max(r.reviewed_on) AS reviewed_on FROM registry_proxyreview r
    WHERE r.proxy_id = p.id AND r.reviewed_on <= %(on)s::date) AS last ON true
  WHERE p.relation <> 'member' AND daterange(p.since, p.until, '[]') @> %(on)s::date
)
SELECT l.household_id, l.division, string_agg(DISTINCT hand.said || '，他一人代管、代领' || many.homes || '户，'
  || hand.lacks, '；')
{ONES} JOIN hand ON hand.household_id = l.household_id AND hand.lacks IS NOT NULL
JOIN (SELECT town, name, count(DISTINCT household_id) AS homes FROM hand GROUP BY town, name) AS many
  ON many.town = hand.town AND many.name = hand.name
WHERE {MINE} AND (hand.is_wrong OR many.homes >= %(homes)s) GROUP BY l.household_id, l.division
"""
# A warning of the re-match that was found to be true and upon which nothing was decided yet, or a grave one that nobody
# has settled. It proposes to hold the money; whoever pays looks, and holds or does not.
ALERTED = f"""
SELECT l.household_id, l.division, string_agg(DISTINCT p.name || '：' || a.words
  || CASE a.state WHEN 'confirmed' THEN '（预警属实）' ELSE '（预警待处置）' END, '；')
{ONES} JOIN decision_decision d ON d.id = l.decision_id
JOIN verification_alert a ON a.household_id = l.household_id AND a.found_on <= %(on)s::date
JOIN registry_person p ON p.id = a.person_id
WHERE {MINE} AND (a.state IN ('open', 'explained', 'visited') AND a.kind = ANY(%(holding)s)
  OR a.state = 'confirmed' AND d.decided_on <= a.settled_on
    AND NOT EXISTS (SELECT FROM intake_case c WHERE c.id = a.case_id AND c.state = 'kept'))
GROUP BY l.household_id, l.division
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
    CheckKind.KEEPING: KEEPING,
    CheckKind.ALERT: ALERTED,
}
