"""保障对象准确率: sampled households whose re-survey gives the same outcome and an amount within tolerance."""

from opendibao.evaluation.figure import Figure, Total
from opendibao.evaluation.indicator import SAMPLED_SCORING, Indicator, case_runner, sampled

CHECKED = Figure(
    "target_accuracy",
    "保障对象准确率",
    "%",
    Total.RATIO,
    """
SELECT h.number, village.name AS village, k.drawn_on, k.checked_on, d.amount_fen AS decided, k.amount_fen AS found,
  CASE WHEN k.outcome = d.outcome AND abs(k.amount_fen - d.amount_fen) <= %(tolerance_fen)s
    THEN 1 ELSE 0 END AS n, 1 AS d
FROM evaluation_accuracycheck k JOIN decision_decision d ON d.id = k.decision_id
JOIN registry_household h ON h.id = d.household_id LEFT JOIN registry_division village ON village.code = k.division
WHERE k.year = %(year)s AND k.checked_on <= %(known_on)s ORDER BY h.number
""",
    ("户编号", "村社区", "抽取日期", "复查日期", "决定金额（分）", "复查金额（分）"),
    "随机抽取的在保家庭重新调查后，类别相同且金额差在容许范围内的比例",
    "复查一致",
    "已完成复查的样本",
    exclusions="抽取后尚未复查的样本",
)
INDICATOR = Indicator(
    "target_accuracy", "产出指标", "质量指标", "保障对象准确率", (CHECKED,), sampled,
    source="57号第三十一条", scorings=SAMPLED_SCORING,
)  # fmt: skip
run_case = case_runner(INDICATOR)
