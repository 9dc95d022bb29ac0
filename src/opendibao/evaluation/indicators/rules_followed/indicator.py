"""制度执行有效性: a person judges whether the rules are followed and the work can be traced."""

from opendibao.evaluation.frameworks import FRAMEWORK
from opendibao.evaluation.indicator import case_runner, judged

INDICATOR = judged(
    "rules_followed", "过程", "组织实施", "制度执行有效性",
    source=f"{FRAMEWORK}（过程—组织实施—制度执行有效性）",
    points=(
        "遵守法律法规和管理制度，调整的手续完备",
        "案件的申请书、授权书、核对报告、调查表、公示、决定、告知书等资料齐全并及时归档",
        "人员、设备、信息系统等条件落实到位",
        "检查和审计发现的问题已经整改",
    ),
)  # fmt: skip
run_case = case_runner(INDICATOR)
