"""农村低保对象人数: persons in force at the year's end."""

from opendibao.evaluation.figures.stock import FIGURES
from opendibao.evaluation.frameworks import SELF_EVALUATION
from opendibao.evaluation.indicator import OF_THE_DAY, Direction, Indicator, case_runner, plain

PERSONS = next(figure for figure in FIGURES if figure.id == "rural.persons")
INDICATOR = Indicator(
    "rural_persons", "产出指标", "数量指标", "农村低保对象人数", (PERSONS,), plain,
    source=SELF_EVALUATION, as_of=OF_THE_DAY, good=Direction.AT_MOST,
)  # fmt: skip
run_case = case_runner(INDICATOR)
