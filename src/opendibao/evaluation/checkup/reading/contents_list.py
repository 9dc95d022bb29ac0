"""目录: the list of contents of a report, with its page numbers, says nothing of its own and is passed over."""

import re
from collections.abc import Sequence

HEAD = re.compile(r"目\s*录")
LINE = re.compile(r".+?(?:\t|…+|\.{3,}|．{3,}|·{3,}|-{3,}|\s{2,})\s*[-—]?\s*\d{1,4}\s*[-—]?")
LEAST_LINES = 3
LONGEST_LINE = 200


def contents_list(lines: Sequence[str]) -> set[int]:
    """The numbers of the lines that make up lists of contents; a line is "" where no paragraph stands."""
    found: set[int] = set()
    start = 0
    while start < len(lines):
        end = start
        while end < len(lines) and _is_entry(lines[end].strip()):
            end += 1
        is_headed = start > 0 and bool(HEAD.fullmatch(lines[start - 1].strip()))
        if end > start and (is_headed or (end - start >= LEAST_LINES and _rises(lines[start:end]))):
            found.update(range(start - is_headed, end))
        start = max(end, start + 1)
    return found


def _is_entry(line: str) -> bool:
    return len(line) <= LONGEST_LINE and bool(LINE.fullmatch(line))


def _rises(lines: Sequence[str]) -> bool:
    """Whether what the lines end in are pages: never falling, and more than one of them."""
    pages = [int(re.findall(r"\d+", line)[-1]) for line in lines]
    return pages == sorted(pages) and len(set(pages)) > 1
