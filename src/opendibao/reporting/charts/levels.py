"""各部分得分图: what each first level of the sheet scored of its weight, and the execution block beside it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from opendibao.reporting.charts.picture import DARK, INK, LIGHT, QUIET, Picture, box, canvas, share, text
from opendibao.reporting.content import ReportContent

WIDTH, LEFT, FULL, ROW, HEAD = 720, 150, 420, 44, 48
EXECUTION = "预算执行率"
POINTS = 100  # two decimals of a point as whole numbers


@dataclass(frozen=True)
class Level:
    """A bar: its name, what it scored and what it could."""

    name: str
    score: str
    weight: str


def drawn(content: ReportContent) -> Picture | None:
    """The picture; None where the sheet has no level."""
    levels = levels_of(content)
    if not levels:
        return None
    title = f"{content.year}年度各部分得分和分值"
    height = HEAD + ROW * len(levels) + 10
    rows = tuple((one.name, one.weight, one.score, _share_text(one)) for one in levels)
    alt = f"{title}。" + "；".join(f"{one.name}得{one.score}分，分值{one.weight}" for one in levels) + "。"
    return Picture(
        "levels", title, alt, canvas(WIDTH, height, title, _strokes(title, levels)), WIDTH, height,
        ("部分", "分值", "得分", "得分占分值"), rows,
    )  # fmt: skip


def levels_of(content: ReportContent) -> tuple[Level, ...]:
    """The first levels as printed; the execution block last where it is no row of the sheet."""
    found = [Level(one.level1, one.score, one.weight) for one in content.levels]
    if content.execution:
        found.append(Level(EXECUTION, content.execution.score, content.execution.weight))
    return tuple(found)


def _hundredths(points: str) -> int:
    return int(Decimal(points) * POINTS)


def _share_text(one: Level) -> str:
    weight = Decimal(one.weight)
    return f"{(Decimal(one.score) * 100 / weight).quantize(Decimal('0.1'))}%" if weight else "—"


def _strokes(title: str, levels: Sequence[Level]) -> Iterator[str]:
    yield text(10, 26, title, bold=True, size=16)
    most = max(_hundredths(one.weight) for one in levels)
    for place, one in enumerate(levels):
        y = HEAD + ROW * place
        full = share(_hundredths(one.weight), most, FULL)
        yield text(LEFT - 12, y + 20, one.name, anchor="end", size=15)
        yield box(LEFT, y, full, 28, LIGHT, edge=QUIET)
        yield box(LEFT, y, share(_hundredths(one.score), most, FULL), 28, DARK)
        yield text(LEFT + full + 10, y + 20, f"{one.score} / {one.weight}", size=15, fill=INK)
