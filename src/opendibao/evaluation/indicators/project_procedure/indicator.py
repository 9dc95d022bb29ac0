"""立项程序规范性: a person judges whether the programme was set up by its due procedure."""

from opendibao.evaluation.frameworks import FRAMEWORK
from opendibao.evaluation.indicator import case_runner, judged

INDICATOR = judged(
    "project_procedure", "决策", "项目立项", "立项程序规范性",
    source=f"{FRAMEWORK}（决策—项目立项—立项程序规范性）",
    points=(
        "按规定的程序申请和设立",
        "审批的文件、材料齐全，符合要求",
        "事前作过必要的调查、测算、风险评估或集体决策",
    ),
)  # fmt: skip
run_case = case_runner(INDICATOR)
