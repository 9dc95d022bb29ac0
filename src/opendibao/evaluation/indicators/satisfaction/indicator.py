"""满意度: satisfied of all valid answers of the sample, with its interval; the response rate apart."""

from opendibao.evaluation.figure import Figure, Total
from opendibao.evaluation.frameworks import FRAMEWORK
from opendibao.evaluation.indicator import SAMPLED_SCORING, Indicator, case_runner, sampled_of

ROWS = """
SELECT h.number, village.name AS village, s.asked_on, s.answer, {n} AS n, 1 AS d
FROM evaluation_satisfactionanswer s JOIN registry_household h ON h.id = s.household_id
LEFT JOIN registry_division village ON village.code = s.division WHERE s.year = %(year)s {valid} ORDER BY h.number
"""
HEADS = ("户编号", "村社区", "调查日期", "回答")
CODES = {"回答": "evaluation.SatisfactionAnswer.answer"}
ANSWERS = Figure(
    "satisfaction",
    "困难群众满意度",
    "%",
    Total.RATIO,
    ROWS.format(n="CASE s.answer WHEN 'satisfied' THEN 1 ELSE 0 END", valid="AND s.answer <> 'none'"),
    HEADS,
    "随机抽取的在保家庭问卷中回答满意的比例",
    "回答满意",
    "有效回答",
    exclusions="未作答的问卷，另列应答率",
    coded=CODES,
)
RESPONSE = Figure(
    "satisfaction.response",
    "问卷应答率",
    "%",
    Total.RATIO,
    ROWS.format(n="CASE s.answer WHEN 'none' THEN 0 ELSE 1 END", valid=""),
    HEADS,
    "发出问卷中有回答的比例",
    "有回答",
    "发出问卷",
    coded=CODES,
)


INDICATOR = Indicator(
    "satisfaction", "满意度指标", "满意度指标", "困难群众满意度", (ANSWERS, RESPONSE), sampled_of("没有抽样调查"),
    source=f"{FRAMEWORK}（效益—项目效益—满意度）", scorings=SAMPLED_SCORING,
)  # fmt: skip
run_case = case_runner(INDICATOR)
