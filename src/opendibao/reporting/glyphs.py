"""缺字: a character that the PDF's font lacks would vanish in silence; it is named and replaced by a visible mark."""

from collections.abc import Iterable
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

GETA = "〓"  # the printer's mark for a type that is missing


class NoFont(RuntimeError):
    """The font that every PDF embeds is not installed."""


@cache
def font_file() -> Path:
    """Noto Sans SC, from the wheel justmytype-intl-cjk. Raises NoFont."""
    spec = find_spec("justmytype_intl_cjk")
    places = list(spec.submodule_search_locations or ()) if spec else []
    for place in places:
        for font in sorted(Path(place).glob("fonts/ofl/notosanssc/*.ttf")):
            return font
    raise NoFont("没有找到思源黑体，请安装 justmytype-intl-cjk")


def fonts() -> Any:
    """That font alone, as typst takes it: what a machine happens to have is never used."""
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[font_file().parent])


@cache
def _covered() -> frozenset[int]:
    from fontTools.ttLib import TTFont

    with TTFont(font_file(), lazy=True) as font:
        return frozenset(font.getBestCmap())


def missing(text: str) -> list[str]:
    """Characters that the font cannot draw, each once, in code order."""
    return sorted(one for one in set(text) if ord(one) not in _covered())


def replaced(text: str, lacking: Iterable[str]) -> str:
    """The text with every lacking character as 〓."""
    return text.translate({ord(one): GETA for one in lacking})


def told(lacking: Iterable[str]) -> str:
    """The note that names what was replaced; empty where nothing was."""
    named = "、".join(f"U+{ord(one):04X}" for one in lacking)
    return f"缺字说明：字库没有收录编码为{named}的字，本文件以“{GETA}”代替，Word版和证据包保留原字。" if named else ""
