"""资金到位率: what has arrived of the year's budget; nobody enters arrivals yet, so it says what is missing."""

from opendibao.evaluation.figure import Figure, Total
from opendibao.evaluation.figures.executed import ARRIVALS
from opendibao.evaluation.frameworks import FRAMEWORK
from opendibao.evaluation.indicator import Indicator, case_runner, plain

ARRIVED = Figure(
    "arrived_rate",
    "资金到位率",
    "%",
    Total.RATIO,
    """
SELECT CASE b.area WHEN 'rural' THEN '农村' ELSE '城镇' END AS area, b.approved_fen, b.approved_on,
  NULL::bigint AS arrived, 0 AS n, 0 AS d
FROM budget_budgetline b WHERE b.year = %(year)s ORDER BY b.area
""",
    ("城乡", "批复预算（分）", "批复日期", "到位资金（分）"),
    "实际到位资金与批复预算之比",
    "实际到位资金（分）",
    "批复预算（分）",
    missing=ARRIVALS,
)
INDICATOR = Indicator(
    "arrived_rate", "过程", "资金管理", "资金到位率", (ARRIVED,), plain,
    source=f"{FRAMEWORK}（过程—资金管理—资金到位率）",
)  # fmt: skip
run_case = case_runner(INDICATOR)
