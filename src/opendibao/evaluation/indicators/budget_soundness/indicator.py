"""预算编制科学性: a person judges whether the budget was worked out from persons, standard and prices."""

from opendibao.evaluation.frameworks import FRAMEWORK
from opendibao.evaluation.indicator import case_runner, judged

INDICATOR = judged(
    "budget_soundness", "决策", "资金投入", "预算编制科学性",
    source=f"{FRAMEWORK}（决策—资金投入—预算编制科学性）",
    points=(
        "预算按保障人数、标准、人均补助和物价变动测算，测算过程有记录",
        "预算内容与项目内容相符",
        "预算额度的依据充分，按标准编制",
        "预算与年度工作任务相匹配，与上年执行数的差异有说明",
    ),
)  # fmt: skip
run_case = case_runner(INDICATOR)
