"""可持续影响: a person judges whether the effect will last."""

from opendibao.evaluation.frameworks import FRAMEWORK
from opendibao.evaluation.indicator import case_runner, judged

INDICATOR = judged(
    "lasting_effect", "效益指标", "可持续影响指标", "可持续影响",
    source=f"{FRAMEWORK}（效益—项目效益—实施效益）",
    points=(
        "制度、人员、经费和信息系统能保证工作长期运行",
        "困难家庭的收入、就业、就学、健康状况随时间改善，有家庭情况对比可以查看",
        "动态管理形成常态，进得来、退得出",
        "对其他救助和服务的衔接起到带动作用",
    ),
)  # fmt: skip
run_case = case_runner(INDICATOR)
