"""资金到位率: what has arrived of the budget by the day of the figures; without entries it says what is missing."""

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
WITH came AS (
  SELECT area, sum(amount_fen)::bigint AS fen FROM budget_fundarrival
  WHERE year = %(year)s AND source = 'allocation' AND arrived_on <= %(last)s GROUP BY area)
SELECT CASE b.area WHEN 'rural' THEN '农村' ELSE '城镇' END AS area, b.approved_fen, b.approved_on, c.fen AS arrived,
  coalesce(c.fen, 0) AS n, CASE WHEN EXISTS (SELECT FROM came) THEN b.approved_fen ELSE 0 END AS d
FROM budget_budgetline b LEFT JOIN came c ON c.area = b.area WHERE b.year = %(year)s
UNION ALL
SELECT '不分城乡', NULL, NULL, c.fen, c.fen, 0 FROM came c WHERE c.area = '' ORDER BY area
""",
    ("城乡", "批复预算（分）", "批复日期", "到位资金（分）"),
    "登记的当年到位资金（红字冲减，不含上年结转）与批复预算之比",
    "实际到位资金（分）",
    "批复预算（分）",
    missing=ARRIVALS,
)
INDICATOR = Indicator(
    "arrived_rate", "过程", "资金管理", "资金到位率", (ARRIVED,), plain,
    source=f"{FRAMEWORK}（过程—资金管理—资金到位率）",
)  # fmt: skip
run_case = case_runner(INDICATOR)
