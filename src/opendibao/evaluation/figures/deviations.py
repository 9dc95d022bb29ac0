"""偏差的各部分: the rows behind what moved the year's money away from its plan (see evaluation/deviation.py).

An amount is due for a month of the year by its pay line, and booked when its sending is. Every part is a sum of its
rows in fen, by area, so that a part of the deviation opens like any other figure.
"""

from opendibao.budget.forecast import HALF_A_YEAR, MONTHS
from opendibao.evaluation.figure import Figure, Total
from opendibao.evaluation.sql import AREAS, area_word

# the lines of the year's months with what the standard moved in each; a supplement adds money and no person-month, and
# back-pay is what a new standard owed for months that were paid by the former one
DUE = """
moved AS (SELECT * FROM unnest(%(moved_ids)s::bigint[], %(moved_own)s::bigint[], %(moved_planned)s::bigint[])
  AS moved(id, own, planned)),
due AS (
  SELECT l.id, l.household_id, l.decision_id, l.division, l.month, l.area, l.persons AS size, l.amount_fen,
    l.supplement_fen, CASE l.kind WHEN 'regular' THEN l.persons ELSE 0 END AS persons,
    CASE l.kind WHEN 'regular' THEN coalesce(moved.own - moved.planned, 0) WHEN 'backpay' THEN l.amount_fen
      ELSE 0 END AS standard_fen,
    moved.id IS NOT NULL AND l.kind = 'regular' OR l.kind = 'backpay' AS is_moved,
    CASE l.kind WHEN 'regular' THEN moved.own END AS own, CASE l.kind WHEN 'regular' THEN moved.planned END AS planned
  FROM payment_payline l JOIN payment_payrun r ON r.id = l.run_id LEFT JOIN moved ON moved.id = l.decision_id
  WHERE l.month BETWEEN %(first)s AND %(last)s AND r.frozen_on <= %(known_on)s)
"""
SUMS = f"""
WITH {DUE}, booked AS (
  SELECT area, sum(fen)::bigint AS fen FROM payment_ledgerleg
  WHERE account = 'paid' AND booked_on BETWEEN %(first)s AND %(last)s GROUP BY area),
summed AS (
  SELECT area, sum(amount_fen)::bigint AS fen, sum(persons)::bigint AS persons,
    sum(standard_fen)::bigint AS standard_fen FROM due GROUP BY area)
SELECT area, coalesce(booked.fen, 0), coalesce(summed.fen, 0), coalesce(summed.persons, 0),
  coalesce(summed.standard_fen, 0) FROM booked FULL JOIN summed USING (area) ORDER BY area
"""
"""By area: booked, due, person-months due, what the standard moved."""
# a line is booked once (one_open_or_paid_attempt); what is booked in its own year is no difference
LATE = f"""
WITH line AS (
  SELECT l.household_id, l.division, l.month, l.area, a.booked_on, coalesce(a.amount_fen, 0) AS booked,
    CASE WHEN l.month BETWEEN %(first)s AND %(last)s AND r.frozen_on <= %(known_on)s THEN l.amount_fen ELSE 0 END AS due
  FROM payment_payline l JOIN payment_payrun r ON r.id = l.run_id
  LEFT JOIN payment_attempt a ON a.line_id = l.id AND a.state = 'paid' AND a.booked_on BETWEEN %(first)s AND %(last)s)
SELECT {area_word("line.area")}, h.number, village.name AS village, to_char(line.month, 'YYYY-MM') AS month,
  line.booked_on, line.booked, line.due, line.booked - line.due AS moved_fen, line.booked - line.due AS n, 1 AS d
FROM line LEFT JOIN registry_household h ON h.id = line.household_id
LEFT JOIN registry_division village ON village.code = line.division
WHERE line.booked <> line.due ORDER BY line.month, h.number
"""
STANDARD = f"""
WITH {DUE}
SELECT {area_word("due.area")}, h.number, to_char(due.month, 'YYYY-MM') AS month, d.number AS decision, d.decided_on,
  due.amount_fen, due.own, due.planned, due.standard_fen AS moved_fen, due.standard_fen AS n, 1 AS d
FROM due LEFT JOIN registry_household h ON h.id = due.household_id
LEFT JOIN decision_decision d ON d.id = due.decision_id
WHERE due.is_moved ORDER BY due.month, h.number
"""
MIX = f"""
WITH {DUE}
SELECT {area_word("due.area")}, due.size, count(*) AS lines, sum(due.persons)::bigint AS persons,
  sum(due.amount_fen - due.standard_fen)::bigint AS fen, sum(due.supplement_fen)::bigint AS supplement,
  round(sum(due.amount_fen - due.standard_fen) / nullif(sum(due.persons), 0))::bigint AS average,
  b.average_benefit_fen,
  (sum(due.amount_fen - due.standard_fen) - sum(due.persons) * b.average_benefit_fen)::bigint AS moved_fen,
  (sum(due.amount_fen - due.standard_fen) - sum(due.persons) * b.average_benefit_fen)::bigint AS n, 1 AS d
FROM due JOIN budget_budgetline b ON b.year = %(year)s AND b.area = due.area
GROUP BY due.area, due.size, b.average_benefit_fen ORDER BY due.area, due.size
"""
PLANNED_MONTHS = f"(b.last_year_persons * {MONTHS} + b.expected_entries * {HALF_A_YEAR})"
PERSONS = f"""
WITH {DUE}, months AS (
  SELECT area, month, count(*) AS lines, sum(persons)::bigint AS persons FROM due GROUP BY area, month)
SELECT {area_word("b.area")}, to_char(m.month, 'YYYY-MM') AS month, m.lines, m.persons, b.average_benefit_fen,
  m.persons * b.average_benefit_fen AS moved_fen, m.persons * b.average_benefit_fen AS n, 1 AS d
FROM months m JOIN budget_budgetline b ON b.year = %(year)s AND b.area = m.area
UNION ALL
SELECT {area_word("b.area")}, '计划' AS month, NULL, -{PLANNED_MONTHS}, b.average_benefit_fen,
  -{PLANNED_MONTHS} * b.average_benefit_fen, -{PLANNED_MONTHS} * b.average_benefit_fen, 1
FROM budget_budgetline b WHERE b.year = %(year)s ORDER BY area, month
"""
MOVED = "影响（分）"


def _part(key: str, zh: str, sql: str, heads: tuple[str, ...], definition: str, area: str) -> Figure:
    only = f"area = '{AREAS[area]}'"
    return Figure(
        f"deviation.{key}.{area}", f"{AREAS[area]}低保金偏差：{zh}", "万元", Total.FEN,
        f"SELECT * FROM ({sql}) AS every WHERE {only}", ("城乡", *heads, MOVED), definition, numerator=MOVED,
        wider=(sql, only),
    )  # fmt: skip


PARTS = (
    ("late", "跨期", LATE, ("户编号", "村社区", "发放月", "到账日", "本年到账（分）", "本年应发（分）"),
     "本年到账的别年月份，减去本年各月到本年末还没有到账的"),
    ("standard", "标准", STANDARD,
     ("户编号", "发放月", "决定文号", "决定日期", "应发（分）", "按决定时标准（分）", "按测算时标准（分）"),
     "决定时的标准与编预算所用标准不同的明细，两种标准各算一遍之差，加提标补差；不能重算的列出，按零计"),
    ("mix", "成员构成", MIX,
     ("家庭人数", "户次", "人月", "除标准影响外应发（分）", "其中分类施保（分）", "人均月补助（分）", "测算人均（分）"),
     "除标准影响外的应发金额，减去应发人月乘以测算人均月补助；按家庭人数分行"),
    ("persons", "人数", PERSONS, ("发放月", "明细", "人月", "测算人均（分）"),
     "应发人月减去测算人月，乘以测算人均月补助；一月一行，测算数为负的一行"),
)  # fmt: skip
"""The parts that have rows of their own; those of the plan (price, reserve, approval) are one row of the budget."""


FIGURES = tuple(_part(key, zh, sql, heads, said, area) for key, zh, sql, heads, said in PARTS for area in AREAS)
