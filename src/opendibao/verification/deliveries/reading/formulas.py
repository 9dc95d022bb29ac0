"""公式: which cells of a workbook hold a formula; what it came to on another machine is not believed."""

import re
import zipfile
from collections.abc import Iterator
from typing import IO
from xml.etree import ElementTree

CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*)>\s*<(?:\w+:)?f[\s/>]")
PLACE = re.compile(rb'\br="([A-Z]{1,3})(\d+)"')
FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
CHUNK = 1 << 20
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
REL_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
SMALL = 2_000_000
"""Bytes of the parts that list the sheets; more is no list."""


def formulas_of(archive: zipfile.ZipFile, sheet: str) -> dict[int, set[int]]:
    """Rows (from 1) and their columns (from 0) that hold a formula, in the sheet of that name.

    Raises KeyError, ElementTree.ParseError or BadZipFile where the workbook's parts do not hang together.
    """
    found: dict[int, set[int]] = {}
    with archive.open(_part(archive, sheet)) as content:
        for column, row in _places(content):
            found.setdefault(row, set()).add(column)
    return found


def _places(content: IO[bytes]) -> Iterator[tuple[int, int]]:
    """Column and row of each formula; a cell that says no place is at (-1, 0)."""
    carried = b""
    while chunk := content.read(CHUNK):
        text = carried + chunk
        if FORMULA.search(text):
            for cell in CELL.finditer(text):
                place = PLACE.search(cell.group(1))
                yield (_column(place.group(1)), int(place.group(2))) if place else (-1, 0)
        carried = text[max(text.rfind(b"<c "), text.rfind(b":c "), len(text) - 200, 0) :]


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number - 1


def _part(archive: zipfile.ZipFile, sheet: str) -> str:
    """The part of the archive that holds a sheet."""
    book = _small(archive, "xl/workbook.xml")
    links = _small(archive, "xl/_rels/workbook.xml.rels")
    targets = {one.get("Id"): one.get("Target", "") for one in links}
    sheets = {one.get("name"): one.get(REL_ID) for one in book.iter() if one.tag.endswith("}sheet")}
    target = targets[sheets[sheet]]
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _small(archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    if archive.getinfo(name).file_size > SMALL:
        raise KeyError(name)
    return ElementTree.fromstring(archive.read(name))
