"""折行: lines that an editor broke at its margin are one paragraph; a report's own short lines are not."""

import re
import unicodedata
from collections.abc import Sequence

ENDS = re.compile(r"[。！？；：:;!?…”）)]$")
STARTS = re.compile(
    r"^(?:[#>|\-*+\t]|第?[一二三四五六七八九十百\d]+[、.．章节部）)]|[（(][一二三四五六七八九十\d]+[）)])"
)
WIDEST_MARGIN, NARROWEST_MARGIN = 132, 40
NEAR = 4


def _width(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in line)


def margin_of(lines: Sequence[str]) -> int:
    """The margin, in columns, at which the lines of a text were broken; 0 where they were not."""
    widest = max((_width(line) for line in lines), default=0)
    if not NARROWEST_MARGIN <= widest <= WIDEST_MARGIN:
        return 0
    full = [line for line in lines if _width(line) > widest - NEAR]
    return widest if len([line for line in full if not ENDS.search(line)]) > 1 else 0


def goes_on(line: str, following: str, margin: int) -> bool:
    """Whether a line runs up to the margin and the next one takes it up."""
    if not margin or _width(line) <= margin - NEAR or ENDS.search(line):
        return False
    return bool(following.strip()) and not STARTS.match(following)
