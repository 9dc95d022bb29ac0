"""专款专用: fen paid without a decision in force, or to an account that is not the household's, of all fen paid."""

from collections.abc import Sequence
from dataclasses import replace

from opendibao.evaluation.figure import Figure, Measured, Total
from opendibao.evaluation.frameworks import FRAMEWORK
from opendibao.evaluation.indicator import Direction, Indicator, Reading, case_runner, plain
from opendibao.kernel.money import yuan_text

# a household has one account at a time (one_account_at_a_time), so that the join doubles no payment
PAID = Figure(
    "earmarked_use",
    "非专款专用金额占比",
    "%",
    Total.RATIO,
    """
SELECT h.number, to_char(l.month, 'YYYY-MM') AS month, a.account, d.number AS decision, a.amount_fen AS fen,
  CASE WHEN d.months @> l.month AND b.id IS NOT NULL THEN 0 ELSE a.amount_fen END AS n, a.amount_fen AS d
FROM payment_attempt a JOIN payment_payline l ON l.id = a.line_id
LEFT JOIN registry_household h ON h.id = l.household_id JOIN decision_decision d ON d.id = l.decision_id
LEFT JOIN registry_bankaccount b ON b.household_id = l.household_id AND b.number = a.account AND b.valid @> a.sent_on
  AND b.recorded @> %(known_at)s::timestamptz
WHERE a.state = 'paid' AND a.booked_on BETWEEN %(first)s AND %(last)s ORDER BY n DESC, l.month, h.number
""",
    ("户编号", "发放月", "账号", "决定文号", "金额（分）"),
    "付给没有有效决定的家庭、或付到非本户账户的金额，占全部到账金额的比例；目标为0",
    "无决定或非本户账户的到账金额（分）",
    "全部到账金额（分）",
    private=("账号",),
)


def read(measured: Sequence[Measured]) -> Reading:
    """The share of misdirected money; zero is said in words."""
    reading, first = plain(measured), measured[0]
    if first.value is None:
        return replace(reading, note="没有到账记录")
    found = f"有{yuan_text(first.n, grouped=True)}元去向不符，请打开明细" if first.n else "未发现挪作他用"
    return replace(reading, note=found)


INDICATOR = Indicator(
    "earmarked_use", "效益指标", "经济效益指标", "确保资金专款专用", (PAID,), read,
    source=f"{FRAMEWORK}（过程—资金管理—资金使用合规性）；社会救助暂行办法第五条", good=Direction.AT_MOST,
)  # fmt: skip
run_case = case_runner(INDICATOR)
