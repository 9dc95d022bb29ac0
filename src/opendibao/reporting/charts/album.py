"""图册: every drawing that a year's numbers allow, by name; drawn once for all documents that print it."""

from collections.abc import Callable, Mapping
from functools import lru_cache

from opendibao.reporting import glyphs
from opendibao.reporting.charts import levels, months, targets, tiles, waterfall
from opendibao.reporting.charts.picture import Picture
from opendibao.reporting.content import ReportContent

DRAWN: tuple[Callable[[ReportContent], Picture | None], ...] = (
    months.drawn, waterfall.drawn, levels.drawn, targets.drawn, tiles.drawn,
)  # fmt: skip
PAGE = b"""#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg", width: 500pt)"""
PPI, KEPT = 216, 24


def pictures(content: ReportContent) -> Mapping[str, Picture]:
    """The drawings of a year in their order; what has no numbers is not drawn."""
    found = (draw(content) for draw in DRAWN)
    return {one.name: one for one in found if one}


@lru_cache(maxsize=KEPT)
def png(svg: str) -> bytes:
    """The drawing in dots, for Word; its letters are drawn with the font of every PDF."""
    import typst

    made = typst.compile(PAGE, font_paths=glyphs.fonts(), format="png", ppi=PPI, sys_inputs={"svg": svg})
    assert isinstance(made, bytes)
    return made
