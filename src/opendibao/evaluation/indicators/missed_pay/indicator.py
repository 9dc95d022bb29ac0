"""漏发率: household-months that a decision grants, whose due day has passed, and that nothing was booked for."""

from opendibao.evaluation.figure import Figure, Measured, Total
from opendibao.evaluation.frameworks import FRAMEWORK
from opendibao.evaluation.indicator import Direction, Indicator, case_runner, counted_with
from opendibao.evaluation.sql import PEOPLED, SUPPLEMENTED

OWED = Figure(
    "missed_pay",
    "漏发户月占比",
    "%",
    Total.RATIO,
    f"""
WITH {PEOPLED}, {SUPPLEMENTED}, term AS (
  SELECT due.month::date AS month, coalesce(r.due_on, due.month::date + 9) AS due_on
  FROM generate_series(
    (SELECT CASE WHEN count(*) > 0 THEN greatest(min(month), %(first)s::date) END FROM payment_payrun)::timestamp,
    %(last)s::date::timestamp, interval '1 month') AS due(month)
  LEFT JOIN payment_payrun r ON r.month = due.month::date),
paused AS (
  SELECT s.household_id, s.first_month,
    CASE WHEN s.lifted_on <= %(known_on)s::date THEN s.until_month ELSE 'infinity' END AS until_month,
    CASE WHEN s.lifted_on <= %(known_on)s::date THEN coalesce(again.due_on, s.until_month + 9) ELSE 'infinity' END
      AS due_on
  FROM payment_suspension s LEFT JOIN payment_payrun again ON again.month = s.until_month
  WHERE s.outcome = 'approved' AND s.settled_on <= %(known_on)s::date),
owed AS (
  SELECT d.household_id, d.division, d.number, d.amount_fen, t.month, coalesce(paused.due_on, t.due_on) AS due_on
  FROM term t JOIN decision_decision d ON d.months @> t.month AND d.decided_on <= %(known_on)s::date
  JOIN peopled p ON p.household_id = d.household_id
    AND p.spans && daterange(t.month, (t.month + interval '1 month')::date)
  LEFT JOIN paused ON paused.household_id = d.household_id AND paused.first_month <= t.month
    AND paused.until_month > t.month
  WHERE coalesce(paused.due_on, t.due_on) <= %(last)s)
SELECT h.number, village.name AS village, to_char(o.month, 'YYYY-MM') AS month, o.due_on, o.number AS decision,
  o.amount_fen, coalesce(a.amount_fen, 0) + coalesce(more.fen, 0) AS fen, a.booked_on,
  CASE WHEN a.e2e IS NULL AND more.fen IS NULL THEN 1 ELSE 0 END AS n, 1 AS d
FROM owed o LEFT JOIN registry_household h ON h.id = o.household_id
LEFT JOIN registry_division village ON village.code = o.division
LEFT JOIN payment_payline l ON l.household_id = o.household_id AND l.month = o.month AND l.kind = 'regular'
LEFT JOIN payment_attempt a ON a.line_id = l.id AND a.state = 'paid' AND a.booked_on <= %(last)s
LEFT JOIN more ON more.household_id = o.household_id AND more.month = o.month ORDER BY n DESC, o.month, h.number
""",
    ("户编号", "村社区", "发放月", "期限", "决定文号", "决定金额（分）", "到账金额（分）", "到账日"),
    "决定应发、期限已到的户月中，到截至日一分也没有到账的比例（一户一个月算一户月）；目标为0",
    "没有到账的户月",
    "应发且到期的户月",
    exclusions="第一个发放批次以前的月份；家中已没有成员的月份；经批准暂停发放、还没有恢复的月份，恢复的以恢复当月的期限为期限。没有发放批次的月份以当月10日为期限；价格临时补贴、提标补差不算当月的保障金",
)


def found(one: Measured) -> str:
    """How many household-months were missed."""
    return f"有{one.n}个户月应发未发，请打开明细" if one.n else "没有发现漏发"


INDICATOR = Indicator(
    "missed_pay", "产出指标", "质量指标", "漏发率", (OWED,), counted_with(found),
    source=f"{FRAMEWORK}（产出—产出数量—实际完成率）；57号第二十五条", good=Direction.AT_MOST,
)  # fmt: skip
run_case = case_runner(INDICATOR)
