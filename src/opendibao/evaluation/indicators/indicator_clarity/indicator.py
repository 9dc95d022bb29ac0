"""绩效指标明确性: a person judges whether every goal is broken down into indicators that can be measured."""

from opendibao.evaluation.frameworks import FRAMEWORK
from opendibao.evaluation.indicator import case_runner, judged

INDICATOR = judged(
    "indicator_clarity", "决策", "绩效目标", "绩效指标明确性",
    source=f"{FRAMEWORK}（决策—绩效目标—绩效指标明确性）",
    points=(
        "把绩效目标细化分解成具体的指标",
        "每个指标有清楚、可衡量的指标值",
        "指标与目标任务数、计划数对应，没有目标无指标衡量",
    ),
)  # fmt: skip
run_case = case_runner(INDICATOR)
