"""绩效目标合理性: a person judges whether the goals fit the work and the money."""

from opendibao.evaluation.frameworks import FRAMEWORK
from opendibao.evaluation.indicator import case_runner, judged

INDICATOR = judged(
    "goal_soundness", "决策", "绩效目标", "绩效目标合理性",
    source=f"{FRAMEWORK}（决策—绩效目标—绩效目标合理性）",
    points=(
        "设有绩效目标，并与实际工作内容相关",
        "预期的产出和效果符合正常的工作水平",
        "目标与批复的预算、保障的人数相匹配",
    ),
)  # fmt: skip
run_case = case_runner(INDICATOR)
