"""生活压力减轻率: the poverty gap closed by the money; beside it what the asked families say."""

from collections.abc import Sequence
from dataclasses import replace

from opendibao.evaluation.figure import Figure, Measured, Total
from opendibao.evaluation.frameworks import FRAMEWORK
from opendibao.evaluation.indicator import Indicator, Reading, case_runner, plain

GAP = Figure(
    "hardship_relief",
    "贫困缺口弥补率",
    "%",
    Total.RATIO,
    """
SELECT h.number, to_char(own.month, 'YYYY-MM') AS month, own.persons, own.gap_fen, own.fen, own.fen AS n,
  own.gap_fen AS d
FROM (
  -- a month has one gap, however many lines pay it: that of its own decision, not of one on which back-pay rests
  SELECT l.household_id, l.month, max(l.persons) AS persons, sum(l.amount_fen)::bigint AS fen,
    max(d.gap_fen) FILTER (WHERE l.kind <> 'backpay') AS gap_fen
  FROM payment_payline l JOIN decision_decision d ON d.id = l.decision_id
  WHERE l.kind <> 'price' AND l.month BETWEEN %(first)s AND %(last)s GROUP BY l.household_id, l.month) AS own
LEFT JOIN registry_household h ON h.id = own.household_id
WHERE own.gap_fen > 0 ORDER BY own.month, h.number
""",
    ("户编号", "发放月", "人数", "补差前缺口（分）", "保障金（分）"),
    "全年保障金与保障前收入缺口之比；分类施保使其可超过100%",
    "保障金（分）",
    "保障前收入缺口（分）",
    exclusions="缺少核定情况、算不出缺口的存量决定，以及渐退期的发放；价格临时补贴不在其中",
)
NO_GAP = "没有能算出缺口的发放"
SAID = Figure(
    "hardship_relief.said",
    "认为生活压力有所减轻",
    "%",
    Total.RATIO,
    """
SELECT h.number, village.name AS village, s.asked_on, s.relief,
  CASE s.relief WHEN 'eased' THEN 1 ELSE 0 END AS n, 1 AS d
FROM evaluation_satisfactionanswer s JOIN registry_household h ON h.id = s.household_id
LEFT JOIN registry_division village ON village.code = s.division
WHERE s.year = %(year)s AND s.relief <> 'none' ORDER BY h.number
""",
    ("户编号", "村社区", "调查日期", "回答"),
    "抽样调查中认为生活压力有所减轻的比例",
    "回答有所减轻",
    "有效回答",
    coded={"回答": "evaluation.SatisfactionAnswer.relief"},
)


def read(measured: Sequence[Measured]) -> Reading:
    """The gap closed is the measure; the families' own words stand beside it."""
    gap, said = plain(measured[:1]), measured[1]
    survey = f"抽样调查中{said.text}认为有所减轻（{said.n}/{said.d}）" if said.value is not None else "没有抽样调查"
    return replace(gap, note=survey if gap.value is not None else f"{NO_GAP}；{survey}")


INDICATOR = Indicator(
    "hardship_relief", "效益指标", "社会效益指标", "生活压力减轻率", (GAP, SAID), read,
    source=f"{FRAMEWORK}（效益—项目效益—实施效益）；57号第二十三条",
)  # fmt: skip
run_case = case_runner(INDICATOR)
