"""管理制度健全性: a person judges whether rules for the work and for the money exist and are whole."""

from opendibao.evaluation.frameworks import FRAMEWORK
from opendibao.evaluation.indicator import case_runner, judged

INDICATOR = judged(
    "rules_in_place", "过程", "组织实施", "管理制度健全性",
    source=f"{FRAMEWORK}（过程—组织实施—管理制度健全性）",
    points=(
        "制定了相应的资金管理和业务管理制度，写得出名称和文号",
        "制度合法、合规、完整，覆盖申请、核对、调查、公示、审核、发放、复核各环节",
        "岗位分工清楚，编制、复核、审核由不同的人办理",
    ),
)  # fmt: skip
run_case = case_runner(INDICATOR)
