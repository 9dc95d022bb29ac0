"""信访办结率: complaints and reports that were answered within their term, of all whose term has passed."""

from opendibao.evaluation.figure import Figure, Total
from opendibao.evaluation.figures.work import HOTLINE_CODES, HOTLINE_HEADS, TICKETS
from opendibao.evaluation.frameworks import FRAMEWORK
from opendibao.evaluation.indicator import Indicator, case_runner, plain

CLOSED = Figure(
    "petitions_closed",
    "信访按期办结率",
    "%",
    Total.RATIO,
    TICKETS.format(only=" AND t.kind IN ('complaint', 'report')"),
    HOTLINE_HEADS,
    "本年接到的投诉和举报中，在期限内答复办结的比例",
    "期限内答复的投诉和举报",
    "已答复或期限已到的投诉和举报",
    exclusions="咨询；期限未到、尚未答复的工单",
    coded=HOTLINE_CODES,
)
INDICATOR = Indicator(
    "petitions_closed", "效益指标", "社会效益指标", "信访办结率", (CLOSED,), plain,
    source=f"{FRAMEWORK}（效益—项目效益—实施效益）；57号第三十六条；57号第三十七条",
)  # fmt: skip
run_case = case_runner(INDICATOR)
