"""农村低保金: what the bank booked in the year for rural households, in 万元."""

from opendibao.evaluation.figures.payments import FIGURES
from opendibao.evaluation.indicator import Indicator, case_runner, plain

PAID = next(figure for figure in FIGURES if figure.id == "paid.rural")
INDICATOR = Indicator("rural_benefit_paid", "成本指标", "经济成本指标", "农村低保金", (PAID,), plain)
run_case = case_runner(INDICATOR)
