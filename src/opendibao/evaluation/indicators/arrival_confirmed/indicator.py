"""到账核实率: sampled payments of which the family itself says that the money came, and as much as the bank booked."""

from opendibao.evaluation.figure import Figure, Total
from opendibao.evaluation.frameworks import FRAMEWORK
from opendibao.evaluation.indicator import SAMPLED_SCORING, Indicator, case_runner, sampled_of

ROWS = """
SELECT h.number, village.name AS village, to_char(l.month, 'YYYY-MM') AS month, a.amount_fen, a.asked_on, a.answer,
  a.said_fen, {n} AS n, 1 AS d
FROM evaluation_arrivalcheck a JOIN payment_payline l ON l.id = a.line_id
JOIN registry_household h ON h.id = l.household_id LEFT JOIN registry_division village ON village.code = a.division
WHERE a.year = %(year)s AND a.drawn_on <= %(known_on)s {valid} ORDER BY h.number, l.month
"""
HEADS = ("户编号", "村社区", "发放月", "应到金额（分）", "调查日期", "到账情况", "群众说的金额（分）")
CODES = {"到账情况": "evaluation.ArrivalCheck.answer"}
CONFIRMED = Figure(
    "arrival_confirmed",
    "到账核实率",
    "%",
    Total.RATIO,
    ROWS.format(
        n="CASE a.answer WHEN 'received' THEN 1 ELSE 0 END",
        valid="AND a.answer <> 'none' AND a.asked_on <= %(known_on)s",
    ),
    HEADS,
    "随机抽取的已到账发放中，向群众本人核实为收到、金额相符的比例",
    "收到且金额相符",
    "已核实的发放",
    exclusions="抽取后还没有联系上的发放，另列应答率",
    coded=CODES,
)
REACHED = Figure(
    "arrival_confirmed.reached",
    "到账核实应答率",
    "%",
    Total.RATIO,
    ROWS.format(n="CASE WHEN a.answer <> 'none' AND a.asked_on <= %(known_on)s THEN 1 ELSE 0 END", valid=""),
    HEADS,
    "抽取的发放中已经向群众核实的比例",
    "已核实",
    "抽取的发放",
    coded=CODES,
)


INDICATOR = Indicator(
    "arrival_confirmed", "产出指标", "质量指标", "到账核实率", (CONFIRMED, REACHED), sampled_of("没有抽样核实"),
    source=f"{FRAMEWORK}（产出—产出质量—质量达标率）", scorings=SAMPLED_SCORING,
)  # fmt: skip
run_case = case_runner(INDICATOR)
