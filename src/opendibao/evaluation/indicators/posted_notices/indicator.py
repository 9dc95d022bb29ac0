"""公示率: families confirmed in the year after a public notice that ran its full seven days."""

from opendibao.evaluation.figure import Figure, Total
from opendibao.evaluation.frameworks import FRAMEWORK
from opendibao.evaluation.indicator import Indicator, case_runner, plain

DAYS_BETWEEN = 6  # seven days, the first and the last counted
NOTICES = Figure(
    "posted_notices",
    "审核确认前公示率",
    "%",
    Total.RATIO,
    f"""
SELECT c.number, village.name AS village, n.posted_on, n.ends_on, d.decided_on,
  CASE WHEN n.ends_on - n.posted_on >= {DAYS_BETWEEN} AND d.decided_on > n.ends_on THEN 1 ELSE 0 END AS n, 1 AS d
FROM decision_decision d JOIN intake_case c ON c.id = d.case_id
LEFT JOIN LATERAL (SELECT posted_on, ends_on FROM decision_publicnotice
  WHERE case_id = c.id ORDER BY sequence DESC LIMIT 1) n ON true
LEFT JOIN registry_division village ON village.code = d.division
WHERE d.kind = 'confirm' AND d.voided_on IS NULL AND d.decided_on BETWEEN %(first)s AND %(last)s
ORDER BY d.decided_on, c.number
""",
    ("案号", "村社区", "张贴日期", "截止日期", "决定日期"),
    "本年确认同意的家庭中，确认前已公示满7天（首尾都算）的比例",
    "公示满7天后才确认的家庭",
    "本年确认同意的家庭",
)
INDICATOR = Indicator(
    "posted_notices", "产出指标", "质量指标", "公示率", (NOTICES,), plain,
    source=f"{FRAMEWORK}（产出—产出质量—质量达标率）；57号第十九条",
)  # fmt: skip
run_case = case_runner(INDICATOR)
