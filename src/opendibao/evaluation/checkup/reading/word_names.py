"""Word的标记名: the names of the elements of a Word file that hold or shape its text."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": W[1:-1].encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/math": MATH[1:-1].encode(),
}
PARAGRAPH, TABLE, ROW, CELL = f"{W}p", f"{W}tbl", f"{W}tr", f"{W}tc"
VAL, ID = f"{W}val", f"{W}id"
# what stands around paragraphs, rows and cells without changing what they say
WRAPS = {f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo")}
OFF = ("0", "false", "off", "none")


def value(parent: Element | None, name: str) -> str | None:
    """The `w:val` of a child; None where it is missing."""
    child = None if parent is None else parent.find(f"{W}{name}")
    return None if child is None else child.get(VAL, "")


def is_on(parent: Element | None, name: str) -> bool:
    """Whether a switch such as `w:vanish` is set."""
    found = value(parent, name)
    return found is not None and found.lower() not in OFF


def number(text: str | None, otherwise: int = 0) -> int:
    """A whole number of an attribute; what is none counts as `otherwise`."""
    try:
        return int(text or "")
    except ValueError:
        return otherwise


def inside(parent: Element, names: frozenset[str]) -> Iterator[Element]:
    """The children of these names in order, also those in content controls and tracked insertions."""
    for child in parent:
        if child.tag in names:
            yield child
        elif child.tag in WRAPS:
            yield from inside(child, names)
