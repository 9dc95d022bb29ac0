"""文字里的表: tables in a text file: a cell a line, cells between tabs, cells between upright strokes."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

Rows = tuple[tuple[str, ...], ...]
Found = tuple[Rows, int]
"""The rows of a table and the number of the first line after it."""
Looked = tuple[Rows | None, int]
"""The rows of a table, None where there is none, and the number of the first line that was not looked at."""

LONG_CELL = 60
LONGEST_GAP = 30
RULE = re.compile(r"[\s|:+\-=─━┄┼┿╋├┤┬┴┌┐└┘╂]*")
STROKE = re.compile(r"(?<!\\)\|")
STROKES = str.maketrans("│┃｜", "|||")


class TableFinder:
    """Finds the tables of a text; a form that found none in a run of lines is not tried again within that run."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._looked_at = [0] * len(FORMS)

    def at(self, start: int) -> Found | None:
        """The table that begins at a line, if one does."""
        for which, form in enumerate(FORMS):
            if start < self._looked_at[which]:
                continue
            rows, self._looked_at[which] = form(self._lines, start)
            if rows:
                return rows, self._looked_at[which]
        return None


def cells_per_line(lines: Sequence[str], start: int) -> Looked:
    """A cell a line, each beginning with a tab; an empty line ends the row. So write many converters of Word files."""
    groups: list[list[str]] = []
    at = following = start
    spacing = 0
    while _is_cell(lines, following):
        group, at = _row_of_lines(lines, following)
        groups.append(group)
        following = _past_blanks(lines, at)
        spacing = spacing or following - at
        if following - at > spacing:
            break  # a wider gap: another table
    if len(groups) < 2 or not _is_even(groups) or _is_prose(groups):
        return None, at
    return rectangle(groups), at


def _is_cell(lines: Sequence[str], at: int) -> bool:
    return at < len(lines) and lines[at].startswith("\t") and "\t" not in lines[at][1:]


def _row_of_lines(lines: Sequence[str], at: int) -> tuple[list[str], int]:
    """The cells up to the empty line; a line without its tab goes on with the cell above where more cells follow."""
    cells: list[str] = []
    while at < len(lines) and not _is_blank(lines[at]):
        if _is_cell(lines, at):
            cells.append(lines[at][1:].strip())
        elif cells and "\t" not in lines[at] and _more_cells(lines, at + 1):
            cells[-1] = f"{cells[-1]}\n{lines[at].strip()}".strip()
        else:
            break
        at += 1
    return cells, at


def _more_cells(lines: Sequence[str], at: int) -> bool:
    """Whether, before the row's empty line, another cell comes, or right after it another row."""
    last = min(len(lines), at + LONGEST_GAP)
    while at < last and not _is_blank(lines[at]):
        if _is_cell(lines, at):
            return True
        at += 1
    return at < last and _is_cell(lines, at + 1)


def _is_blank(line: str) -> bool:
    return "\t" not in line and not line.strip()


def _past_blanks(lines: Sequence[str], at: int) -> int:
    while at < len(lines) and _is_blank(lines[at]):
        at += 1
    return at


def _is_even(groups: Sequence[Sequence[str]]) -> bool:
    """Whether rows mostly have one length, of two cells at least."""
    usual, times = Counter(len(group) for group in groups).most_common(1)[0]
    return usual > 1 and times * 2 >= len(groups)


def _is_prose(groups: Sequence[Sequence[str]]) -> bool:
    """Whether the "cells" are paragraphs that only begin with a tab."""
    cells = [cell for group in groups for cell in group if cell]
    return not cells or sum(len(cell) > LONG_CELL for cell in cells) * 2 > len(cells)


def tab_rows(lines: Sequence[str], start: int) -> Looked:
    """A row a line, tabs between the cells."""
    end = start
    while end < len(lines) and "\t" in lines[end]:
        end += 1
    groups = [[cell.strip() for cell in line.split("\t")] for line in lines[start:end]]
    if len(groups) < 2 or not any(group[0] for group in groups) or not _is_even(groups):
        return None, end
    return rectangle(groups), end


def stroke_rows(lines: Sequence[str], start: int) -> Looked:
    """A row a line, upright strokes between the cells; lines that only rule are none."""
    groups: list[list[str]] = []
    end = start
    while end < len(lines) and (_strokes(lines[end]) > 1 or (groups and _is_rule(lines[end]))):
        if not _is_rule(lines[end]):
            groups.append(list(stroke_cells(lines[end])))
        end += 1
    return (rectangle(groups) if len(groups) > 1 and _is_even(groups) else None), end


def _strokes(line: str) -> int:
    return len(STROKE.findall(line.translate(STROKES)))


def _is_rule(line: str) -> bool:
    return bool(line.strip()) and bool(RULE.fullmatch(line.translate(STROKES))) and bool(re.search(r"[-─━=]", line))


def stroke_cells(line: str) -> Iterator[str]:
    """The cells of one line; `\\|` is a stroke in a cell."""
    bare = line.translate(STROKES).strip()
    bare = bare[1:] if bare.startswith("|") else bare
    bare = bare[:-1] if STROKE.search(bare[-1:]) and not bare.endswith("\\|") else bare
    for cell in STROKE.split(bare):
        yield cell.replace("\\|", "|").strip()


def rectangle(groups: Sequence[Sequence[str]]) -> Rows:
    """Rows of one length; what is missing at the end of a row is empty."""
    width = max(map(len, groups))
    return tuple(tuple(group) + ("",) * (width - len(group)) for group in groups)


FORMS: tuple[Callable[[Sequence[str], int], Looked], ...] = (cells_per_line, stroke_rows, tab_rows)
