"""岗位到位: posts filled within their term of all posts due by the day."""

from opendibao.evaluation.figure import Figure, Total
from opendibao.evaluation.frameworks import SELF_EVALUATION
from opendibao.evaluation.indicator import Indicator, case_runner, plain

POSTS = Figure(
    "posts_filled",
    "核定岗位按期到岗率",
    "%",
    Total.RATIO,
    """
SELECT place.name AS place, p.title, p.needed_since, p.due_on, p.filled_on,
  CASE WHEN p.filled_on <= least(p.due_on, %(known_on)s) THEN 1 ELSE 0 END AS n, 1 AS d
FROM outreach_post p LEFT JOIN registry_division place ON place.code = p.division
WHERE p.due_on <= %(last)s AND (p.due_on >= %(first)s OR p.filled_on IS NULL OR p.filled_on >= %(first)s)
ORDER BY p.division, p.title, p.due_on
""",
    ("地点", "岗位", "核定日期", "应到岗日期", "到岗日期"),
    "到期岗位中按期到岗的比例",
    "按期到岗的岗位",
    "到期的核定岗位",
    exclusions="本年之前已经到岗的岗位",
)
INDICATOR = Indicator(
    "posts_filled", "成本指标", "社会成本指标", "低保经办人按照岗位要求进行招聘", (POSTS,), plain,
    source=SELF_EVALUATION,
)  # fmt: skip
run_case = case_runner(INDICATOR)
