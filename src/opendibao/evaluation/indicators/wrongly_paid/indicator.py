"""错发率: fen booked beyond what a decision grants for the month, or to a household nobody is left in."""

from opendibao.evaluation.figure import Figure, Measured, Total
from opendibao.evaluation.frameworks import FRAMEWORK
from opendibao.evaluation.indicator import Direction, Indicator, case_runner, counted_with
from opendibao.evaluation.sql import PEOPLED
from opendibao.kernel.money import yuan_text

# a second payment, a payment without decision and one above the decision are one thing: more than was granted
BOOKED = Figure(
    "wrongly_paid",
    "错发金额占比",
    "%",
    Total.RATIO,
    f"""
WITH {PEOPLED}, booked AS (
  SELECT l.household_id, l.month, sum(a.amount_fen)::bigint AS fen,
    coalesce(sum(a.amount_fen) FILTER (WHERE l.kind = 'price'), 0)::bigint AS price_fen
  FROM payment_attempt a JOIN payment_payline l ON l.id = a.line_id
  WHERE a.state = 'paid' AND a.booked_on BETWEEN %(first)s AND %(last)s GROUP BY l.household_id, l.month),
judged AS (
  SELECT b.household_id, b.month, b.fen, b.price_fen, d.number AS decision,
    -- a later uprating grants a month more than its own decision; asked only where more was paid
    CASE WHEN b.fen - b.price_fen > d.amount_fen THEN granted_for(b.household_id, b.month)
      ELSE coalesce(d.amount_fen, 0) END AS granted,
    CASE WHEN b.price_fen = 0 THEN 0 ELSE coalesce(d.persons * (
      SELECT CASE d.area WHEN 'rural' THEN s.rural_fen ELSE s.urban_fen END FROM decision_pricesupplement s
      WHERE s.month = b.month AND s.state = 'approved'), 0) END AS price_granted,
    coalesce(p.spans && daterange(b.month, (b.month + interval '1 month')::date), FALSE) AS is_peopled
  FROM booked b LEFT JOIN decision_decision d ON d.household_id = b.household_id AND d.months @> b.month
  LEFT JOIN peopled p ON p.household_id = b.household_id)
SELECT h.number, to_char(j.month, 'YYYY-MM') AS month, j.decision, j.granted + j.price_granted, j.fen,
  CASE WHEN NOT j.is_peopled THEN '当月家中已没有成员' WHEN j.decision IS NULL THEN '当月没有有效决定'
    WHEN j.fen - j.price_fen > j.granted THEN '多于决定金额'
    WHEN j.price_fen > j.price_granted THEN '多于价格临时补贴' ELSE '' END AS why,
  CASE WHEN j.is_peopled THEN greatest(j.fen - j.price_fen - j.granted, 0)
    + greatest(j.price_fen - j.price_granted, 0) ELSE j.fen END AS n, j.fen AS d
FROM judged j LEFT JOIN registry_household h ON h.id = j.household_id ORDER BY n DESC, j.month, h.number
""",
    ("户编号", "发放月", "决定文号", "应得金额（分）", "到账金额（分）", "问题"),
    "到账金额中，没有有效决定、多于决定金额（含重复发放；提标补差、价格临时补贴按批准的计）或发给已没有成员的家庭的部分"
    "所占比例；目标为0",
    "错发金额（分）",
    "全部到账金额（分）",
    exclusions="家中仍有成员、因个别成员死亡或迁出而应减发的部分，由复核减发另算",
)


def found(one: Measured) -> str:
    """How much was paid wrongly."""
    return f"错发{yuan_text(one.n, grouped=True)}元，请打开明细" if one.n else "没有发现错发"


INDICATOR = Indicator(
    "wrongly_paid", "产出指标", "质量指标", "错发率", (BOOKED,), counted_with(found),
    source=f"{FRAMEWORK}（过程—资金管理—资金使用合规性）", good=Direction.AT_MOST,
)  # fmt: skip
run_case = case_runner(INDICATOR)
