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
WITH came AS (
  SELECT area, sum(amount_fen)::bigint AS fen FROM budget_fundarrival
  WHERE year = %(year)s AND source = 'allocation' AND arrived_on <= %(last)s GROUP BY area),
paid AS (
  SELECT area, sum(fen)::bigint AS fen FROM payment_ledgerleg
  WHERE account = 'paid' AND booked_on BETWEEN %(first)s AND %(last)s GROUP BY area)
SELECT CASE coalesce(p.area, c.area) WHEN 'rural' THEN '农村' WHEN 'urban' THEN '城镇' ELSE '不分城乡' END AS area,
  p.fen AS executed, c.fen AS arrived, CASE WHEN EXISTS (SELECT FROM came) THEN coalesce(p.fen, 0) ELSE 0 END AS n,
  coalesce(c.fen, 0) AS d
FROM paid p FULL JOIN came c ON c.area = p.area ORDER BY area
""",
    ("城乡", "到账金额（分）", "到位资金（分）"),
    "实际支出与登记的当年到位资金（红字冲减，不含上年结转）之比；与“执行数÷预算数”是两个口径",
    "到账金额（分）",
    "实际到位资金（分）",
    missing=ARRIVALS,
)
INDICATOR = Indicator(
    "execution_of_arrived", "过程", "资金管理", "预算执行率（按到位资金）", (RATE,), plain,
    source=f"{FRAMEWORK}（过程—资金管理—预算执行率＝实际支出÷实际到位）",
)  # fmt: skip
run_case = case_runner(INDICATOR)
