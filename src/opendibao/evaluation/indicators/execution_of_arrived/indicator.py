"""预算执行率（按到位）: executed over what has arrived (EXEC_RATE_ARRIVED); not to be mixed with the budget's."""

from opendibao.evaluation.figure import Figure, Total
from opendibao.evaluation.figures.executed import ARRIVALS
from opendibao.evaluation.frameworks import FRAMEWORK
from opendibao.evaluation.indicator import Indicator, case_runner, plain

RATE = Figure(
    "execution_of_arrived",
    "预算执行率（按到位资金）",
    "%",
    Total.RATIO,
    """
SELECT CASE leg.area WHEN 'rural' THEN '农村' ELSE '城镇' END AS area, sum(leg.fen)::bigint AS executed,
  NULL::bigint AS arrived, 0 AS n, 0 AS d
FROM payment_ledgerleg leg WHERE leg.account = 'paid' AND leg.booked_on BETWEEN %(first)s AND %(last)s
GROUP BY leg.area ORDER BY leg.area
""",
    ("城乡", "到账金额（分）", "到位资金（分）"),
    "实际支出与实际到位资金之比；与“执行数÷预算数”是两个口径",
    "到账金额（分）",
    "实际到位资金（分）",
    missing=ARRIVALS,
)
INDICATOR = Indicator(
    "execution_of_arrived", "过程", "资金管理", "预算执行率（按到位资金）", (RATE,), plain,
    source=f"{FRAMEWORK}（过程—资金管理—预算执行率＝实际支出÷实际到位）",
)  # fmt: skip
run_case = case_runner(INDICATOR)
