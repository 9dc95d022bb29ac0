"""按月到账图: what the bank booked in each month by area, beside a twelfth of what was approved."""

from collections.abc import Iterator

from opendibao.kernel.money import wan_yuan_text
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
    round_up,
    share,
    text,
)  # fmt: skip
from opendibao.reporting.content import ReportContent

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BASE = 720, 330, 70, 705, 58, 288
AREAS = {"rural": ("农村", DARK), "urban": ("城镇", MIDDLE)}
MONTHS, STEPS, WAN_YUAN = 12, 4, 1_000_000


def drawn(content: ReportContent) -> Picture | None:
    """The picture; None where no month was kept."""
    paid = _paid(content)
    if not paid:
        return None
    plan = sum(one.approved_fen for one in content.attached.funds)
    title = f"{content.year}年各月到账低保金（万元）"
    rows = tuple(_row(month, paid[month], plan) for month in range(1, MONTHS + 1) if month in paid)
    return Picture(
        "months", title, _alt(title, paid, plan), canvas(WIDTH, HEIGHT, title, _strokes(title, paid, plan)), WIDTH,
        HEIGHT, ("月份", "农村", "城镇", "合计", "批复的十二分之一"), rows,
        ("paid.rural", "paid.urban", "budget.approved"),
    )  # fmt: skip


def _paid(content: ReportContent) -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = {}
    for one in content.attached.months:
        found.setdefault(one.month, dict.fromkeys(AREAS, 0))[one.area] = one.fen
    return found


def _row(month: int, paid: dict[str, int], plan: int) -> tuple[str, ...]:
    each = (wan_yuan_text(paid[area]) for area in AREAS)
    return (f"{month}月", *each, wan_yuan_text(sum(paid.values())), _twelfth(plan))


def _twelfth(plan: int) -> str:
    return wan_yuan_text(plan // MONTHS) if plan else "没有批复"


def _alt(title: str, paid: dict[int, dict[str, int]], plan: int) -> str:
    sums = {month: sum(areas.values()) for month, areas in paid.items()}
    most, least = max(sums, key=lambda month: sums[month]), min(sums, key=lambda month: sums[month])
    span = f"最多的是{most}月{wan_yuan_text(sums[most])}，最少的是{least}月{wan_yuan_text(sums[least])}"
    beside = f"批复预算的十二分之一是{wan_yuan_text(plan // MONTHS)}" if plan else "没有批复预算"
    return f"{title}。{len(sums)}个月有到账，{span}；{beside}。"


def _strokes(title: str, paid: dict[int, dict[str, int]], plan: int) -> Iterator[str]:
    most = max(*(sum(areas.values()) for areas in paid.values()), plan // MONTHS)
    top = round_up(-(-most // WAN_YUAN)) * WAN_YUAN
    yield text(LEFT, 24, title, bold=True, size=16)
    yield from _legend(plan)
    for step in range(STEPS + 1):
        y = BASE - share(step, STEPS, BASE - TOP)
        yield line(LEFT, y, RIGHT, y, color=INK if step == 0 else LINE)
        yield text(LEFT - 8, y + 5, wan_yuan_text(top * step // STEPS), anchor="end", size=12, fill=QUIET)
    for month in range(1, MONTHS + 1):
        yield from _bar(month, paid.get(month), top)
    if plan:
        y = BASE - share(plan // MONTHS, top, BASE - TOP)
        yield line(LEFT, y, RIGHT, y, color=INK, width=2, dashed=True)
    for month in range(1, MONTHS + 1):
        yield _value(month, paid.get(month), top)


def _bar(month: int, paid: dict[str, int] | None, top: int) -> Iterator[str]:
    slot = (RIGHT - LEFT) // MONTHS
    x, y = LEFT + (month - 1) * slot + 8, BASE
    yield text(x + (slot - 16) // 2, BASE + 18, f"{month}月", anchor="middle", size=13)
    for area, fen in (paid or {}).items():
        height = share(fen, top, BASE - TOP)
        y -= height
        yield box(x, y, slot - 16, height, AREAS[area][1])


def _value(month: int, paid: dict[str, int] | None, top: int) -> str:
    """The sum of a month above its bar, over the line that may cross it."""
    fen, slot = sum((paid or {}).values()), (RIGHT - LEFT) // MONTHS
    y = BASE - share(fen, top, BASE - TOP) - 5
    words = wan_yuan_text(fen) if paid else "—"
    return text(LEFT + (month - 1) * slot + slot // 2, y, words, anchor="middle", size=12, halo=True)


def _legend(plan: int) -> Iterator[str]:
    x = LEFT
    for words, color in AREAS.values():
        yield box(x, 34, 14, 12, color)
        yield text(x + 20, 45, words, size=13)
        x += 72
    if plan:
        yield line(x, 40, x + 26, 40, color=INK, width=2, dashed=True)
        yield text(x + 32, 45, f"批复预算的十二分之一 {wan_yuan_text(plan // MONTHS)}", size=13)
