"""指标值和实际值图: each measured row's actual as a share of its target, with the direction that the target has."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from opendibao.reporting.charts.picture import (
    DARK,
    INK,
    LINE,
    MIDDLE,
    QUIET,
    Picture,
    box,
    canvas,
    line,
    share,
    text,
)  # fmt: skip
from opendibao.reporting.content import NOT_MEASURED, ReportContent, RowContent

WIDTH, LEFT, HUNDRED_AT, ROW, HEAD, SHORT = 720, 236, 460, 28, 74, 15
SIGNS = {"at_least": "≥", "at_most": "≤", "equal": "＝"}
MOST = 150  # a bar ends there; its number says more
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Bar:
    """A row of the sheet: actual over target in percent, None where there is no such number."""

    row: RowContent
    percent: Decimal | None


def drawn(content: ReportContent) -> Picture | None:
    """The picture; None where no row has a target in numbers."""
    bars = tuple(_bar(row) for row in content.rows if row.is_scored and row.target_value)
    if not any(one.percent is not None for one in bars):
        return None
    title = f"{content.year}年度实际值相当于指标值的百分比"
    height = HEAD + ROW * len(bars) + 8
    rows = tuple((one.row.name, one.row.target, one.row.actual, _said(one), _verdict(one.row)) for one in bars)
    unmet = [one.row.name for one in bars if not one.row.is_met]
    alt = f"{title}。{len(bars)}行中达到的有{len(bars) - len(unmet)}行" + (
        f"；没有达到或未测得的：{'、'.join(unmet)}。" if unmet else "。"
    )
    figures = tuple(dict.fromkeys(figure for one in bars for figure in one.row.figures[:1]))
    return Picture(
        "targets", title, alt, canvas(WIDTH, height, title, _strokes(title, bars)), WIDTH, height,
        ("三级指标", "指标值", "实际完成值", "实际／指标", "是否达到"), rows, figures,
    )  # fmt: skip


def _bar(row: RowContent) -> Bar:
    target = Decimal(row.target_value)
    if not row.is_measured or not row.value or not target:
        return Bar(row, None)
    return Bar(row, (Decimal(row.value) * 100 / target).quantize(CENT, ROUND_HALF_UP))


def _said(one: Bar) -> str:
    if one.percent is not None:
        return f"{one.percent}%"
    return "—" if one.row.is_measured else NOT_MEASURED


def _verdict(row: RowContent) -> str:
    if not row.is_measured:
        return NOT_MEASURED
    return "达到" if row.is_met else "未达到"


def _strokes(title: str, bars: Sequence[Bar]) -> Iterator[str]:
    yield text(10, 26, title, bold=True, size=16)
    yield box(LEFT, 38, 14, 12, DARK)
    yield text(LEFT + 20, 49, "达到", size=13)
    yield box(LEFT + 76, 38, 14, 12, MIDDLE, edge=INK, dashed=True)
    yield text(LEFT + 96, 49, "未达到", size=13)
    yield text(HUNDRED_AT, 66, "指标值 100%", anchor="middle", size=12, fill=QUIET)
    for place, one in enumerate(bars):
        yield from _row(one, HEAD + ROW * place)
    yield line(HUNDRED_AT, HEAD - 2, HUNDRED_AT, HEAD + ROW * len(bars), color=INK, width=2)


def _row(one: Bar, y: int) -> Iterator[str]:
    row = one.row
    name = row.name if len(row.name) <= SHORT else row.name[: SHORT - 1] + "…"
    yield text(LEFT - 10, y + 16, name, anchor="end", size=13)
    yield line(LEFT, y + ROW - 3, WIDTH - 10, y + ROW - 3, color=LINE)
    if one.percent is None:
        yield text(LEFT + 6, y + 16, _said(one) if not row.is_measured else f"实际{row.actual}", size=12, fill=QUIET)
        return
    length = share(int(min(one.percent, Decimal(MOST)) * 10), 1000, HUNDRED_AT - LEFT)
    fill = {"fill": DARK} if row.is_met else {"fill": MIDDLE, "edge": INK}
    yield box(LEFT, y + 4, length, 15, **fill, dashed=not row.is_met)
    sign = SIGNS.get(row.direction, "")
    x = LEFT + max(length, HUNDRED_AT - LEFT) + 8
    yield text(x, y + 16, f"{_said(one)}（{sign}100%）" if sign else _said(one), size=12)
