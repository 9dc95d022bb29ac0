"""乡镇示意图: every township as a tile of the same size, shaded by who is in force there, the number printed in it.

A tile's place tells a rough direction and nothing else; a county without a file of places has its tiles in the order
of its codes.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files

import yaml

from opendibao.evaluation.attachment import TownStock
from opendibao.reporting.charts.picture import INK, PAPER, QUIET, Picture, box, canvas, text
from opendibao.reporting.content import ReportContent

TILE, GAP, HEAD, EDGE, COLUMNS = 132, 6, 62, 10, 4
COUNTY_DIGITS, LONGEST = 6, 7
SHADES = ("#eef3fa", "#c9d9ec", "#9db6d8", "#3f6ea6", "#1f4e8c")
LIGHT_ON = 3  # from this shade on the words are white
Spot = tuple[int, int]


def drawn(content: ReportContent) -> Picture | None:
    """The picture; None where no township was kept."""
    towns = tuple(one for one in content.attached.towns if one.code)
    if not towns:
        return None
    spots, is_placed = _spots(towns)
    title = f"{content.as_of}各乡镇在保人数"
    width = 2 * EDGE + (max(x for x, _ in spots.values()) + 1) * (TILE + GAP)
    height = HEAD + (max(y for _, y in spots.values()) + 1) * (TILE * 2 // 3 + GAP) + EDGE
    rows = tuple((one.name, str(one.households), str(one.persons)) for one in content.attached.towns)
    alt = f"{title}，一个乡镇一格。" + "；".join(f"{one.name}{one.persons}人" for one in towns) + "。"
    note = "方格只表示大致方位，不是地图" if is_placed else "方格按区划代码排列，不表示方位"
    return Picture(
        "tiles", title, alt, canvas(width, height, title, _strokes(title, note, towns, spots)), width, height,
        ("乡镇", "在保户数", "在保人数"), rows, ("persons", "households"),
    )  # fmt: skip


def _spots(towns: Sequence[TownStock]) -> tuple[Mapping[str, Spot], bool]:
    """Where each tile stands; whether the file of the county placed them all."""
    placed = _places(towns[0].code[:COUNTY_DIGITS])
    if {one.code for one in towns} <= placed.keys():
        return {one.code: placed[one.code] for one in towns}, True
    return {one.code: (place % COLUMNS, place // COLUMNS) for place, one in enumerate(towns)}, False


@cache
def _places(county: str) -> Mapping[str, Spot]:
    file = files("opendibao.reporting.charts") / "places" / f"{county}.yaml"
    if not file.is_file():
        return {}
    return {str(code): (spot[0], spot[1]) for code, spot in yaml.safe_load(file.read_text("utf-8")).items()}


def _strokes(title: str, note: str, towns: Sequence[TownStock], spots: Mapping[str, Spot]) -> Iterator[str]:
    yield text(EDGE, 24, title, bold=True, size=16)
    yield text(EDGE, 46, f"颜色越深人数越多；{note}", size=12, fill=QUIET)
    ranked = sorted({one.persons for one in towns})
    for one in towns:
        shade = ranked.index(one.persons) * len(SHADES) // len(ranked)
        yield from _tile(one, spots[one.code], shade)


def _tile(one: TownStock, spot: Spot, shade: int) -> Iterator[str]:
    height = TILE * 2 // 3
    x, y = EDGE + spot[0] * (TILE + GAP), HEAD + spot[1] * (height + GAP)
    fill = PAPER if shade >= LIGHT_ON else INK
    name = one.name if len(one.name) <= LONGEST else one.name[: LONGEST - 1] + "…"
    yield box(x, y, TILE, height, SHADES[shade], edge=QUIET)
    yield text(x + TILE // 2, y + 34, name, anchor="middle", size=15, fill=fill)
    yield text(x + TILE // 2, y + 62, f"{one.persons} 人", anchor="middle", size=19, bold=True, fill=fill)
