"""培训次数: training sessions of the year that have their signed sheet."""

from opendibao.evaluation.figure import Figure, Total
from opendibao.evaluation.frameworks import SELF_EVALUATION
from opendibao.evaluation.indicator import Indicator, case_runner, plain

SESSIONS = Figure(
    "staff_trainings",
    "经办人员培训次数",
    "次",
    Total.SUM,
    """
SELECT s.held_on, s.topic, s.sheet, count(g.id) AS signatures,
  CASE WHEN s.sheet <> '' AND count(g.id) > 0 THEN 1 ELSE 0 END AS n, 1 AS d
FROM outreach_trainingsession s LEFT JOIN outreach_trainingsignature g ON g.session_id = s.id
WHERE s.held_on BETWEEN %(first)s AND %(last)s GROUP BY s.id ORDER BY s.held_on
""",
    ("日期", "主题", "签到表", "签到人数"),
    "本年举办且有签到表的培训",
    exclusions="没有签到表的培训不计",
)
INDICATOR = Indicator(
    "staff_trainings", "成本指标", "社会成本指标", "全年组织低保经办人员培训次数", (SESSIONS,), plain,
    source=SELF_EVALUATION,
)  # fmt: skip
run_case = case_runner(INDICATOR)
