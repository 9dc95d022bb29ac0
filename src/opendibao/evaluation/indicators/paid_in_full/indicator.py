"""发放足额率: lines of which the bank booked all that the decision grants, of all lines due."""

from opendibao.evaluation import sql
from opendibao.evaluation.figure import Figure, Measured, Total
from opendibao.evaluation.frameworks import FRAMEWORK
from opendibao.evaluation.indicator import Indicator, case_runner, counted_with

LINES = Figure(
    "paid_in_full",
    "发放足额率",
    "%",
    Total.RATIO,
    sql.DUE_LINES.format(good="line.booked_fen + line.set_off_fen >= line.decided_fen"),
    sql.DUE_LINE_HEADS,
    "到期的发放明细中，银行已按决定金额足额记账的比例；同一户同一个月的补发并入计算，从本月抵扣应追缴的也是足额",
    "足额到账的明细",
    "到期的发放明细",
    exclusions="到账期限在截至日以后的明细；一分没有列入发放的户见“漏发率”；提标补差、价格临时补贴另有依据，不并入",
    private=("户主",),
)


def short_lines(one: Measured) -> str:
    """How many lines are short."""
    return f"有{one.d - one.n}笔没有足额到账，请打开明细" if one.d > one.n else "每一笔都足额到账"


INDICATOR = Indicator(
    "paid_in_full", "产出指标", "质量指标", "发放足额率", (LINES,), counted_with(short_lines),
    source=f"{FRAMEWORK}（产出—产出质量—质量达标率）；57号第二十五条",
)  # fmt: skip
run_case = case_runner(INDICATOR)
