"""城镇低保金: what the bank booked in the year for urban households, in 万元."""

from opendibao.evaluation.figures.payments import FIGURES
from opendibao.evaluation.indicator import Indicator, case_runner, plain

PAID = next(figure for figure in FIGURES if figure.id == "paid.urban")
INDICATOR = Indicator("urban_benefit_paid", "成本指标", "经济成本指标", "城镇低保金", (PAID,), plain)
run_case = case_runner(INDICATOR)
