"""发放及时率: lines that the bank booked by their due day, of all lines due."""

from opendibao.evaluation import sql
from opendibao.evaluation.figure import Figure, Measured, Total
from opendibao.evaluation.frameworks import FRAMEWORK
from opendibao.evaluation.indicator import Indicator, case_runner, counted_with

LINES = Figure(
    "paid_in_time",
    "发放及时率",
    "%",
    Total.RATIO,
    sql.DUE_LINES.format(good="line.booked_on <= line.due_on"),
    sql.DUE_LINE_HEADS,
    "到期的发放明细中，在期限（10日，遇休息日提前）前到账的比例；与“按时到账月份”不同，按笔计算",
    "期限内到账的明细",
    "到期的发放明细",
    exclusions="到账期限在截至日以后的明细",
    private=("户主",),
)


def late_lines(one: Measured) -> str:
    """How many lines are late or have not come."""
    return f"有{one.d - one.n}笔迟到或还没有到账，请打开明细" if one.d > one.n else "每一笔都在期限内到账"


INDICATOR = Indicator(
    "paid_in_time", "产出指标", "时效指标", "发放及时率", (LINES,), counted_with(late_lines),
    source=f"{FRAMEWORK}（产出—产出时效—完成及时性）；57号第二十五条",
)  # fmt: skip
run_case = case_runner(INDICATOR)
