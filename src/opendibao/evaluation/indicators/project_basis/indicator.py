"""立项依据充分性: a person judges whether the programme rests on law, policy and the duties of the department."""

from opendibao.evaluation.frameworks import FRAMEWORK
from opendibao.evaluation.indicator import case_runner, judged

INDICATOR = judged(
    "project_basis", "决策", "项目立项", "立项依据充分性",
    source=f"{FRAMEWORK}（决策—项目立项—立项依据充分性）",
    points=(
        "项目符合法律法规和国家的社会救助政策，依据的文件写得出名称和文号",
        "项目符合当地的发展规划和困难群众的实际需要",
        "项目与民政部门的职责相符，是履行职责所必需",
        "项目属于财政支持的范围，符合事权和支出责任的划分",
        "没有与其他项目重复设置",
    ),
)  # fmt: skip
run_case = case_runner(INDICATOR)
