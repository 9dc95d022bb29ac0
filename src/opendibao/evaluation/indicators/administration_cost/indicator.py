"""户均工作经费: what the administration of one household costs; the system holds no such spending, and says so."""

from opendibao.evaluation import sql
from opendibao.evaluation.figure import Figure, Total
from opendibao.evaluation.frameworks import COST_GUIDE
from opendibao.evaluation.indicator import OF_THE_DAY, Direction, Indicator, case_runner, plain

COST = Figure(
    "administration_cost",
    "户均工作经费",
    "元/户·年",
    Total.AVERAGE,
    f"""
SELECT covered.town, count(*) AS households, NULL::bigint AS cost, 0 AS n, 0 AS d
FROM ({sql.households(sql.on_day("%(last)s"))}) AS covered GROUP BY covered.town ORDER BY covered.town
""",
    ("乡镇", "年末在保户数", "工作经费（分）"),
    "全年低保工作经费（人员、办公、调查、核对、培训、宣传）除以年末在保户数",
    "全年工作经费（分）",
    "年末在保户数",
    exclusions="发给群众的低保金",
    missing="低保工作经费的支出（人员、办公、入户调查、信息核对、培训、宣传），由财务系统掌握",
)
INDICATOR = Indicator(
    "administration_cost", "成本指标", "经济成本指标", "户均工作经费", (COST,), plain,
    source=COST_GUIDE, as_of=OF_THE_DAY, good=Direction.AT_MOST,
)  # fmt: skip
run_case = case_runner(INDICATOR)
