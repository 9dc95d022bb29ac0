"""城镇低保金: what the bank booked in the year for urban households, in 万元."""

from opendibao.evaluation.figures.payments import FIGURES
from opendibao.evaluation.frameworks import COST_GUIDE
from opendibao.evaluation.indicator import Direction, Indicator, case_runner, plain

PAID = next(figure for figure in FIGURES if figure.id == "paid.urban")
INDICATOR = Indicator(
    "urban_benefit_paid", "成本指标", "经济成本指标", "城镇低保金", (PAID,), plain,
    source=COST_GUIDE, good=Direction.AT_MOST,
)  # fmt: skip
run_case = case_runner(INDICATOR)
