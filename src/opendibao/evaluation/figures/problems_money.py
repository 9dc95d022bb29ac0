"""资金保障的三个问题: what the standard costs, whether more people come, whether the county's share has arrived."""

from opendibao.evaluation.figure import Figure, Total
from opendibao.evaluation.figures.deviations import DUE
from opendibao.evaluation.sql import area_word
from opendibao.policy.shares import WHOLE
from opendibao.statistics.queries import PERSON_SPELLS

COUNTY_SHARE = "县级配套资金的到位金额和日期"
# without a budget nobody knows which standard was planned: no rows, and so no measurement
RAISED = f"""
WITH {DUE}
SELECT {area_word("due.area")}, to_char(due.month, 'YYYY-MM') AS month, b.standard_fen, count(*) AS lines,
  count(*) FILTER (WHERE due.is_moved) AS moved, sum(due.amount_fen)::bigint AS fen,
  sum(due.standard_fen)::bigint AS moved_fen, sum(due.standard_fen)::bigint AS n, sum(due.amount_fen)::bigint AS d
FROM due JOIN budget_budgetline b ON b.year = %(year)s AND b.area = due.area
GROUP BY due.area, due.month, b.standard_fen ORDER BY due.month, due.area
"""
NET = f"""
WITH {PERSON_SPELLS}, spell AS (SELECT unnest(spans) AS span FROM belonging),
moved AS (
  SELECT date_trunc('month', lower(span))::date AS month, 1 AS came, 0 AS went FROM spell
  WHERE lower(span) BETWEEN %(first)s AND %(last)s
  UNION ALL
  SELECT date_trunc('month', upper(span))::date, 0, 1 FROM spell WHERE upper(span) BETWEEN %(first)s AND %(last)s)
SELECT to_char(month, 'YYYY-MM') AS month, sum(came)::bigint AS came, sum(went)::bigint AS went,
  sum(came - went)::bigint AS net, sum(came - went)::bigint AS n, 1 AS d
FROM moved GROUP BY moved.month ORDER BY month
"""
APPLIED = """
SELECT c.number, village.name AS village, c.channel, c.applied_on, c.accepted_on, 1 AS n, 1 AS d
FROM intake_case c LEFT JOIN registry_division village ON village.code = c.division
WHERE c.kind = 'application' AND c.applied_on BETWEEN {first} AND {last} AND c.applied_on <= %(known_on)s
ORDER BY c.applied_on, c.number
"""
_FLOORS = " - ".join(f"b.approved_fen * %({level}_bp)s / {WHOLE}" for level in ("central", "province", "city"))
# money for both areas stands in a row of its own; until one arrival of the year is entered nobody knows
SHARES = f"""
WITH entered AS (
  SELECT a.level, a.area, a.amount_fen FROM budget_fundarrival a
  WHERE a.year = %(year)s AND a.source = 'allocation' AND a.arrived_on <= %(last)s),
came AS (SELECT area, sum(amount_fen)::bigint AS fen FROM entered WHERE level = 'county' GROUP BY area),
known AS (SELECT EXISTS (SELECT FROM entered) AS known)
SELECT {area_word("b.area")}, b.approved_fen, b.approved_fen - {_FLOORS} AS due_fen, c.fen AS arrived,
  CASE WHEN known.known THEN coalesce(c.fen, 0) ELSE 0 END AS n,
  CASE WHEN known.known THEN b.approved_fen - {_FLOORS} ELSE 0 END AS d
FROM budget_budgetline b LEFT JOIN came c ON c.area = b.area CROSS JOIN known WHERE b.year = %(year)s
UNION ALL
SELECT '不分城乡', NULL, NULL, c.fen, c.fen, 0 FROM came c WHERE c.area = '' ORDER BY 1
"""
LATE = """
SELECT number, CASE area WHEN 'rural' THEN '农村' WHEN 'urban' THEN '城镇' ELSE '不分城乡' END AS area, due_on,
  arrived_on, arrived_on - due_on AS days, fen, fen AS n, 1 AS d
FROM (
  SELECT a.number, a.area, a.due_on, a.arrived_on, a.amount_fen + coalesce((
    SELECT sum(red.amount_fen) FROM budget_fundarrival red
    WHERE red.takes_back_id = a.id AND red.arrived_on <= %(last)s), 0)::bigint AS fen
  FROM budget_fundarrival a
  WHERE a.year = %(year)s AND a.arrived_on <= %(last)s AND a.arrived_on > a.due_on) AS late
WHERE fen > 0 ORDER BY arrived_on, number
"""
APPLIED_HEADS = ("案号", "村社区", "渠道", "申请日期", "受理日期")
APPLIED_CODES = {"渠道": "intake.Case.channel"}

FIGURES = (
    Figure(
        "problem.04", "标准变动占应发的比例", "%", Total.RATIO, RAISED,
        ("城乡", "发放月", "测算时月标准（分）", "明细", "按另一标准决定的", "应发（分）", "标准影响（分）"),
        "本年各月应发金额中，因决定时的标准不同于编预算所用标准而多发（负为少发）的部分", "标准影响（分）",
        "应发（分）",
        exclusions="不能重算的明细，按没有影响计",
    ),
    Figure(
        "problem.05", "在保人数净增", "人", Total.SUM, NET, ("月份", "新增人数", "核减人数", "净增人数"),
        "本年新增人数减去核减人数；负数是减少", "新增人数减核减人数", exclusions="在两个在保家庭之间转移的人员",
    ),
    Figure(
        "problem.05.b", "本年申请", "件", Total.COUNT, APPLIED.format(first="%(first)s", last="%(last)s"),
        APPLIED_HEADS, "本年提出的低保申请", coded=APPLIED_CODES,
    ),
    Figure(
        "problem.05.c", "上年申请", "件", Total.COUNT,
        APPLIED.format(first="(%(first)s::date - interval '1 year')", last="(%(last)s::date - interval '1 year')"),
        APPLIED_HEADS, "上年同期提出的低保申请；系统启用以前的申请没有登记", coded=APPLIED_CODES,
    ),
    Figure(
        "problem.06", "县级配套资金到位率", "%", Total.RATIO, SHARES,
        ("城乡", "批复预算（分）", "县级应配套（分）", "县级已到位（分）"),
        "县级财政实际到位的配套资金（红字冲减）与按分担比例应配套金额之比", "县级已到位（分）", "县级应配套（分）",
        missing=COUNTY_SHARE,
    ),
    Figure(
        "problem.06.b", "晚到的县级配套", "万元", Total.FEN, LATE,
        ("文号", "城乡", "应到位日期", "到位日期", "晚到天数", "金额（分）"),
        "本年县级配套中，到位日期晚于应到位日期的金额（红字冲减）", "金额（分）",
    ),
)  # fmt: skip
