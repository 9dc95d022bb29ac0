"""入户调查率: applications closed in the year that have their signed survey sheet."""

from opendibao.evaluation.figures.work import FIGURES
from opendibao.evaluation.frameworks import FRAMEWORK
from opendibao.evaluation.indicator import Indicator, case_runner, plain

SURVEYS = next(figure for figure in FIGURES if figure.id == "surveys")
INDICATOR = Indicator(
    "home_visits", "产出指标", "质量指标", "入户调查率", (SURVEYS,), plain,
    source=f"{FRAMEWORK}（产出—产出质量—质量达标率）；57号第十六条",
)  # fmt: skip
run_case = case_runner(INDICATOR)
