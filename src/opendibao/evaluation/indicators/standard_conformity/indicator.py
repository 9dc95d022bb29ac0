"""补助标准合规性: paid lines whose amount equals the recomputation under the law of the decision's day."""

from collections.abc import Sequence
from dataclasses import replace

from opendibao.evaluation.figure import Figure, Measured, Total
from opendibao.evaluation.indicator import Indicator, Reading, case_runner, plain

LINES = Figure(
    "standard_conformity",
    "补助标准合规率",
    "%",
    Total.RATIO,
    """
SELECT h.number, to_char(l.month, 'YYYY-MM') AS month, d.number AS decision, l.amount_fen, again.fen AS recomputed,
  CASE WHEN again.fen = l.amount_fen THEN 1 ELSE 0 END AS n,
  CASE WHEN again.fen IS NULL THEN 0 ELSE 1 END AS d
FROM payment_payline l JOIN decision_decision d ON d.id = l.decision_id
LEFT JOIN registry_household h ON h.id = l.household_id
LEFT JOIN unnest(%(recomputed_ids)s::bigint[], %(recomputed_fen)s::bigint[]) AS again(id, fen) ON again.id = d.id
WHERE l.kind = 'regular' AND l.month BETWEEN %(first)s AND %(last)s ORDER BY n, l.month, h.number
""",
    ("户编号", "发放月", "决定文号", "发放金额（分）", "重算金额（分）"),
    "按决定日有效的规则重算，金额一致的发放明细比例",
    "重算一致的明细",
    "能重算的发放明细",
    exclusions="花名册缺少核定情况、不能重算的存量决定，另列笔数；补发、提标补差和价格临时补贴按各自的应发依据，不在其中",
)


def read(measured: Sequence[Measured]) -> Reading:
    """The share of lines that agree; lines that nothing lets us recompute are said, not counted as right or wrong."""
    reading, lacking = plain(measured), measured[0].rows - measured[0].d
    return replace(reading, note=f"另有{lacking}笔缺少核定情况，不能重算" if lacking else "")


INDICATOR = Indicator(
    "standard_conformity", "产出指标", "质量指标", "补助标准合规性", (LINES,), read,
    source="57号第二十三条；57号第二十七条",
)  # fmt: skip
run_case = case_runner(INDICATOR)
