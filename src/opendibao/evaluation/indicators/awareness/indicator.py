"""政策知晓率: families of the sample that know the policy or some of it, of all valid answers, with its interval."""

from opendibao.evaluation.figure import Figure, Total
from opendibao.evaluation.frameworks import FRAMEWORK
from opendibao.evaluation.indicator import SAMPLED_SCORING, Indicator, case_runner, sampled

KNOWN = Figure(
    "awareness",
    "政策知晓率",
    "%",
    Total.RATIO,
    """
SELECT h.number, village.name AS village, s.asked_on, s.awareness,
  CASE WHEN s.awareness IN ('knows', 'partly') THEN 1 ELSE 0 END AS n, 1 AS d
FROM evaluation_satisfactionanswer s JOIN registry_household h ON h.id = s.household_id
LEFT JOIN registry_division village ON village.code = s.division
WHERE s.year = %(year)s AND s.awareness <> 'none' ORDER BY h.number
""",
    ("户编号", "村社区", "调查日期", "回答"),
    "随机抽取的在保家庭问卷中，回答知道或知道一些低保政策的比例",
    "回答知道或知道一些",
    "有效回答",
    exclusions="这一题未作答的问卷；不在保的群众没有抽样",
    coded={"回答": "evaluation.SatisfactionAnswer.awareness"},
)
INDICATOR = Indicator(
    "awareness", "效益指标", "社会效益指标", "政策知晓率", (KNOWN,), sampled,
    source=f"{FRAMEWORK}（效益—项目效益—实施效益）；社会救助法第八条", scorings=SAMPLED_SCORING,
)  # fmt: skip
run_case = case_runner(INDICATOR)
