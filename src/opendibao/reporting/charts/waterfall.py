"""预算到执行图: from what was approved to what was paid, one step for each part of the deviation; they meet exactly."""

from collections.abc import Iterator, Mapping, Sequence

from opendibao.kernel.money import wan_yuan_text
from opendibao.reporting.charts.picture import (
    DARK,
    INK,
    MIDDLE,
    PAPER,
    QUIET,
    Picture,
    box,
    canvas,
    line,
    share,
    text,
)  # fmt: skip
from opendibao.reporting.content import ReportContent

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BASE = 720, 330, 20, 705, 80, 284
ENDS = ("批复", "到账")


def drawn(content: ReportContent) -> Picture | None:
    """The picture of all areas together; None where there is no budget to deviate from."""
    if not content.deviations or not any(one.planned_fen for one in content.deviations):
        return None
    planned, paid = (sum(getattr(one, name) for one in content.deviations) for name in ("planned_fen", "actual_fen"))
    parts = _parts(content)
    title = f"{content.year}年度从批复预算到实际到账（万元）"
    rows = (
        (ENDS[0], wan_yuan_text(planned)), *((zh, _signed(fen)) for zh, fen in parts.items()),
        (ENDS[1], wan_yuan_text(paid)),
    )  # fmt: skip
    alt = f"{title}。批复{wan_yuan_text(planned)}；" + "，".join(f"{zh}{_signed(fen)}" for zh, fen in parts.items())
    figures = tuple(dict.fromkeys(figure for one in content.deviations for figure in one.figures))
    return Picture(
        "waterfall", title, f"{alt}；到账{wan_yuan_text(paid)}。各部分按分相加等于差额。",
        canvas(WIDTH, HEIGHT, title, _strokes(title, planned, parts, paid)), WIDTH, HEIGHT, ("项目", "万元"), rows,
        figures,
    )  # fmt: skip


def _parts(content: ReportContent) -> dict[str, int]:
    """Each part over all areas."""
    found: dict[str, int] = {}
    for one in content.deviations:
        for part in one.parts:
            found[part.zh] = found.get(part.zh, 0) + part.fen
    return found


def _signed(fen: int) -> str:
    sign = "＋" if fen > 0 else "－" if fen < 0 else ""
    return sign + wan_yuan_text(abs(fen))


def _levels(planned: int, parts: Mapping[str, int]) -> list[tuple[int, int]]:
    """From where to where each step leads, in fen."""
    at, steps = planned, []
    for fen in parts.values():
        steps.append((at, at + fen))
        at += fen
    return steps


def _strokes(title: str, planned: int, parts: Mapping[str, int], paid: int) -> Iterator[str]:
    steps = _levels(planned, parts)
    heights = [planned, paid, *(end for step in steps for end in step)]
    low, high = min(heights), max(heights)
    floor = max(low - (high - low), 0)  # the two ends stand on a cut axis: the steps are small beside them
    span = max(high - floor, 1)
    slot = (RIGHT - LEFT) // (len(parts) + 2)

    def y(fen: int) -> int:
        return BASE - share(fen - floor, span, BASE - TOP)

    yield text(LEFT, 24, title, bold=True, size=16)
    yield text(LEFT, 44, f"竖轴从{wan_yuan_text(floor)}起；深色为增加和两端，浅色虚框为减少", size=12, fill=QUIET)
    yield line(LEFT, BASE, RIGHT, BASE, color=INK)
    yield from _end(0, slot, ENDS[0], planned, y(planned))
    for place, ((zh, fen), (start, end)) in enumerate(zip(parts.items(), steps, strict=True), 1):
        yield from _step(place, slot, zh, fen, (y(start), y(end)))
    yield from _end(len(parts) + 1, slot, ENDS[1], paid, y(paid))


def _end(place: int, slot: int, name: str, fen: int, y: int) -> Iterator[str]:
    x = LEFT + place * slot + 6
    yield box(x, y, slot - 12, BASE - y, DARK)
    yield from _words(place, slot, name, wan_yuan_text(fen), y)


def _step(place: int, slot: int, name: str, fen: int, ends: Sequence[int]) -> Iterator[str]:
    x, upper, lower = LEFT + place * slot + 6, min(ends), max(ends)
    fill, edge = (PAPER, INK) if fen < 0 else (MIDDLE, DARK)
    yield line(x - 12, ends[0], x + slot - 12, ends[0], color=QUIET, dashed=True)
    yield box(x, upper, slot - 12, max(lower - upper, 1), fill, edge=edge, dashed=fen < 0)
    yield from _words(place, slot, name, _signed(fen), upper)


def _words(place: int, slot: int, name: str, value: str, y: int) -> Iterator[str]:
    centre = LEFT + place * slot + slot // 2
    yield text(centre, BASE + 20, name, anchor="middle", size=13)
    yield text(centre, y - 6, value, anchor="middle", size=12)
