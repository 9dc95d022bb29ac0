"""人均补助: yuan booked in the year for each person and month paid."""

from opendibao.evaluation.figure import Figure, Total
from opendibao.evaluation.frameworks import COST_GUIDE
from opendibao.evaluation.indicator import Direction, Indicator, case_runner, plain

BOOKED = Figure(
    "average_benefit",
    "人均月补助",
    "元/人·月",
    Total.AVERAGE,
    """
SELECT h.number, village.name AS village, to_char(line.month, 'YYYY-MM') AS month, leg.booked_on, line.persons,
  leg.fen, leg.fen AS n, CASE line.kind WHEN 'regular' THEN line.persons ELSE 0 END AS d
FROM payment_ledgerleg leg JOIN payment_attempt attempt ON attempt.e2e = leg.attempt_id
JOIN payment_payline line ON line.id = attempt.line_id LEFT JOIN registry_household h ON h.id = line.household_id
LEFT JOIN registry_division village ON village.code = line.division
WHERE leg.account = 'paid' AND line.kind <> 'price' AND leg.booked_on BETWEEN %(first)s AND %(last)s
ORDER BY line.month, h.number
""",
    ("户编号", "村社区", "发放月", "到账日", "人数", "到账金额（分）"),
    "本年到账的保障金除以到账的人月（每户每月按当月保障人数计）",
    "本年到账金额（分）",
    "到账的人月",
    exclusions="补发、提标补差的明细只加金额，不再加人月；价格临时补贴不在其中",
)
INDICATOR = Indicator(
    "average_benefit", "成本指标", "经济成本指标", "人均月补助水平", (BOOKED,), plain,
    source=COST_GUIDE, good=Direction.EQUAL,
)  # fmt: skip
run_case = case_runner(INDICATOR)
