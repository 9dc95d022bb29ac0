"""运行监控表: how each row of the sheet stands on a day of the year, where it will end, its light and what to do."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from opendibao.evaluation.monitoring import GREEN, GREY, MONTHS, Watch, WatchedRow, lights
from opendibao.evaluation.scoring import rounded
from opendibao.kernel.money import wan_yuan_text
from opendibao.reporting.forms.grid import CENTRE, HEAD, LABEL, Cell, Form, Grid, Words
from opendibao.reporting.gathering import day_text
from opendibao.reporting.sentences import words_of

NAME, OTHER = "monitoring", "other"
DASH = "—"


def monitoring(found: Watch, *, county: str, department: str, project: str, mark: str = "") -> Form:
    """The form of a year as of a day."""
    words = words_of(NAME)
    counted = lights(found.rows)
    said = "，".join(f"{words['lights'][light]['zh']}{n}项" for light, n in counted.items() if n)
    return Form(
        f"{project}{words['zh']}", f"（{found.year}年度）　{county}{department}", f"截至{day_text(found.as_of)}",
        (Words(f"指标{len(found.rows)}项：{said}。已到账{found.months}个月。"), _funds(found, words["funds"]),
         _rows(found, words)),
        "绿、黄、红按全年预计与指标值比较得出，黄灯的界限见给分办法；数字下的小字是凭据编号。"
        f"取数时只用{day_text(found.as_of)}以前登记的事实。",
        is_landscape=True, mark=mark, author=f"{county}{department}", year=found.year,
    )  # fmt: skip


def _funds(found: Watch, words: Mapping[str, Any]) -> Grid:
    heads = tuple(Cell(one, HEAD) for one in words["heads"])
    planned = {one.area: one.approved_fen for one in found.attached.funds}
    paid = dict.fromkeys(words["areas"], 0)
    for one in found.attached.months:
        paid[one.area] = paid.get(one.area, 0) + one.fen
    lines = [(words["total"], sum(planned.values()) if planned else None, sum(paid.values()), ("paid",))]
    lines += [(zh, planned.get(area), paid[area], (f"paid.{area}",)) for area, zh in words["areas"].items()]
    rows = tuple(_fund(*line, found.months, words["none"]) for line in lines)
    return Grid(tuple(words["widths"]), (heads, *rows), heads=1)


def _fund(zh: str, planned: int | None, paid: int, ids: tuple[str, ...], months: int, none: str) -> tuple[Cell, ...]:
    """A line of funds; the forecast carries on the printed amount by months: the formula gives what is shown."""
    printed = wan_yuan_text(paid)
    ahead = str(rounded(Fraction(Decimal(printed)) * MONTHS / months)) if months else DASH
    return (
        Cell(zh, LABEL), Cell(none if planned is None else wan_yuan_text(planned), CENTRE),
        Cell(printed, CENTRE, ids=ids),
        Cell(f"{rounded(Fraction(paid * 100, planned))}%" if planned else DASH, CENTRE),
        Cell(ahead, CENTRE), Cell(f"{printed}÷{months}×{MONTHS}" if months else "还没有到账的月份", CENTRE),
    )  # fmt: skip


def _rows(found: Watch, words: Mapping[str, Any]) -> Grid:
    heads = tuple(Cell(one, HEAD) for one in words["rows"]["heads"])
    return Grid(tuple(words["rows"]["widths"]), (heads, *_lines(found, words)), heads=1)


def _lines(found: Watch, words: Mapping[str, Any]) -> Iterator[tuple[Cell, ...]]:
    advice = words_of()["indicators"]
    for row in found.rows:
        light = words["lights"][row.light]
        yield (
            Cell(row.level2, CENTRE), Cell(row.name), Cell(row.target, CENTRE),
            Cell(_done(row), CENTRE, ids=row.figures), Cell(row.forecast or DASH, CENTRE), Cell(row.formula or DASH),
            Cell(f"{light['mark']}\n{light['zh']}", CENTRE), Cell(_measure(row, words, advice)),
        )  # fmt: skip


def _done(row: WatchedRow) -> str:
    counted = f"{row.numerator}/{row.denominator}" if row.denominator else ""
    return row.done if not counted or counted in row.done else f"{row.done}\n{counted}"


def _measure(row: WatchedRow, words: Mapping[str, Any], advice: Mapping[str, Mapping[str, str]]) -> str:
    """What is amiss and what to do; nothing where the forecast is well."""
    if row.light == GREEN:
        return ""
    own = advice.get(row.code, advice[OTHER])
    if row.light == GREY:
        return f"{row.note}；{words['measures'][GREY]}" if row.note else words["measures"][GREY]
    gap = f"与指标值相差{row.gap}；" if row.gap else ""
    return f"{gap}{words['measures'][row.light]}{own['suggestion']}"
