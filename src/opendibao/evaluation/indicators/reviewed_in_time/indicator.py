"""复核及时率: periodic checks done by their day, of all that were due in the year."""

from opendibao.evaluation.figures.work import FIGURES
from opendibao.evaluation.frameworks import FRAMEWORK
from opendibao.evaluation.indicator import Indicator, case_runner, plain

REVIEWS = next(figure for figure in FIGURES if figure.id == "reverified")
INDICATOR = Indicator(
    "reviewed_in_time", "产出指标", "时效指标", "定期复核及时率", (REVIEWS,), plain,
    source=f"{FRAMEWORK}（产出—产出时效—完成及时性）；57号第三十一条",
)  # fmt: skip
run_case = case_runner(INDICATOR)
