"""一张图: what a drawing is to the documents that print it, and the strokes that all drawings are made of.

Whole pixels only: a length is a share of its full length by integer division, so that the same numbers draw the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

INK, QUIET, LINE, PAPER = "#1b1f24", "#4b5563", "#d3d9e0", "#ffffff"
DARK, MIDDLE, LIGHT = "#1f4e8c", "#9db6d8", "#e8eff8"  # told apart in grey as well
FACES = "'Noto Sans SC','PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif"
PLAIN, BOLD = 500, 700  # the PDF's font draws weights below 500 as hairlines in a drawing
FORBIDDEN = {code: None for code in range(0x20) if chr(code) not in "\t\n"}


@dataclass(frozen=True)
class Picture:
    """A drawing: its SVG and size, what it shows in words (`alt`), its numbers as a table, and figures behind it."""

    name: str
    caption: str
    alt: str
    svg: str
    width: int
    height: int
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    figures: tuple[str, ...] = ()


def share(part: int, whole: int, length: int) -> int:
    """The length that a part of a whole takes, in whole pixels; nothing of nothing."""
    return part * length // whole if whole else 0


def canvas(width: int, height: int, title: str, strokes: Iterable[str]) -> str:
    """The strokes as one SVG with its title."""
    body = "\n".join(strokes)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'role="img" font-family="{FACES}" font-size="14" font-weight="{PLAIN}" fill="{INK}">'
        f"<title>{escape(title.translate(FORBIDDEN))}</title>\n"
        f'<rect width="{width}" height="{height}" fill="{PAPER}"/>\n{body}\n</svg>\n'
    )


def text(x: int, y: int, words: str, *, anchor: str = "start", size: int = 14, bold: bool = False,
         fill: str = INK, halo: bool = False) -> str:  # fmt: skip
    """Words whose base line begins, centres or ends at a point; a halo keeps them clear of what they cross."""
    around = f' stroke="{PAPER}" stroke-width="4" paint-order="stroke"' if halo else ""
    return (
        f'<text x="{x}" y="{y}" text-anchor="{anchor}" font-size="{size}" font-weight="{BOLD if bold else PLAIN}" '
        f"fill={quoteattr(fill)}{around}>{escape(words.translate(FORBIDDEN))}</text>"
    )


def box(x: int, y: int, width: int, height: int, fill: str, *, edge: str = "", dashed: bool = False) -> str:
    """A rectangle; `edge` draws its border."""
    border = f' stroke="{edge}"' + (' stroke-dasharray="4 3"' if dashed else "") if edge else ""
    return f'<rect x="{x}" y="{y}" width="{max(width, 0)}" height="{max(height, 0)}" fill="{fill}"{border}/>'


def line(x1: int, y1: int, x2: int, y2: int, *, color: str = LINE, width: int = 1, dashed: bool = False) -> str:
    """A straight line."""
    dash = ' stroke-dasharray="5 4"' if dashed else ""
    return f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="{color}" stroke-width="{width}"{dash}/>'


def round_up(value: int) -> int:
    """The next 1, 2, 3, 4, 6 or 8 with zeros that is not less: the top of an axis."""
    step = 1
    while True:
        for head in (1, 2, 3, 4, 6, 8):
            if head * step >= value:
                return head * step
        step *= 10
