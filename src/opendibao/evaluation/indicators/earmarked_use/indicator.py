"""专款专用: fen that left for no pay line of a decision in force, of all fen that the bank booked."""

from collections.abc import Sequence
from dataclasses import replace

from opendibao.budget.earmarked import EARMARKED
from opendibao.evaluation.figure import Figure, Measured, Total
from opendibao.evaluation.frameworks import FRAMEWORK
from opendibao.evaluation.indicator import Direction, Indicator, Reading, case_runner, plain
from opendibao.kernel.money import yuan_text

PAID = Figure(
    "earmarked_use",
    "非专款专用金额占比",
    "%",
    Total.RATIO,
    EARMARKED,
    ("户编号", "发放月", "账号", "决定文号", "金额（分）", "去向不符"),
    "付给没有有效决定的家庭、付到非本户账户、银行多付和没有发放明细的外来金额，占全部到账金额的比例；目标为0",
    "没有对应有效决定的发放明细的到账金额（分）",
    "全部到账金额（分）",
    private=("账号",),
)


def read(measured: Sequence[Measured]) -> Reading:
    """The share of misdirected money; zero is said in words."""
    reading, first = plain(measured), measured[0]
    if first.value is None:
        return replace(reading, note="没有到账记录")
    found = f"有{yuan_text(first.n, grouped=True)}元去向不符，请打开明细" if first.n else "未发现挪作他用"
    return replace(reading, note=found)


INDICATOR = Indicator(
    "earmarked_use", "效益指标", "经济效益指标", "确保资金专款专用", (PAID,), read,
    source=f"{FRAMEWORK}（过程—资金管理—资金使用合规性）；社会救助暂行办法第五条", good=Direction.AT_MOST,
)  # fmt: skip
run_case = case_runner(INDICATOR)
