"""体检的版面: a report with its findings beside it, each finding linked to its place and each place to its findings."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from opendibao.evaluation.checkup.answer import grouped
from opendibao.evaluation.checkup.document import Document, Paragraph
from opendibao.evaluation.checkup.finding import Finding, Severity
from opendibao.evaluation.checkup.outline import outline_of

# the sign says the same as the colour
TONES = {
    Severity.ERROR: ("bad", "●"),
    Severity.CONTRADICTION: ("bad", "◆"),
    Severity.WARNING: ("warn", "▲"),
    Severity.DESIGN: ("info", "■"),
    Severity.FORMAT: ("", "¶"),
    Severity.INFO: ("", "○"),
}
WORDS: dict[Severity, str | Promise] = {
    Severity.ERROR: _("错误"),
    Severity.CONTRADICTION: _("矛盾"),
    Severity.WARNING: _("提醒"),
    Severity.DESIGN: _("设计"),
    Severity.FORMAT: _("格式"),
    Severity.INFO: _("留意"),
}
DEEPEST_SHOWN = 4


@dataclass(frozen=True)
class Note:
    """A finding as the page shows it: its number on the page, where its place is."""

    number: int
    finding: Finding
    place: str

    @property
    def tone(self) -> str:
        """The colour of its mark."""
        return TONES[self.finding.severity][0]

    @property
    def sign(self) -> str:
        """The sign of its mark."""
        return TONES[self.finding.severity][1]


@dataclass(frozen=True)
class Group:
    """The findings of one severity."""

    severity: str
    words: str | Promise
    notes: Sequence[Note]


@dataclass(frozen=True)
class Row:
    """A row of a table of the report."""

    place: str
    cells: Sequence[str]
    notes: Sequence[Note]


@dataclass(frozen=True)
class Piece:
    """A paragraph, or a table where there are rows; `level` is that of its heading, 0 for text."""

    number: int
    place: str
    notes: Sequence[Note]
    text: str = ""
    level: int = 0
    rows: Sequence[Row] = ()


@dataclass(frozen=True)
class Paper:
    """A report checked: findings by severity, the report piece by piece."""

    name: str
    groups: Sequence[Group]
    pieces: Sequence[Piece]

    @property
    def count(self) -> int:
        """How many findings."""
        return sum(len(group.notes) for group in self.groups)


def paper(document: Document, findings: Sequence[Finding]) -> Paper:
    """The page of a checked report; what is about the whole of it stands at its beginning."""
    ordered = [one for group in grouped(findings) for one in group.findings]
    notes = [Note(number, one, _place_of(document, one)) for number, one in enumerate(ordered, 1)]
    groups = [
        Group(severity.value, words, [note for note in notes if note.finding.severity is severity])
        for severity, words in WORDS.items()
    ]
    at: dict[str, list[Note]] = {}
    for note in notes:
        at.setdefault(note.place, []).append(note)
    headings = [one.heading for one in outline_of(document).every()]
    levels = {one.block: one.level for one in headings if not one.rest}
    pieces = [_piece(document, number, at, levels.get(number, 0)) for number in range(len(document.blocks))]
    return Paper(document.name, [group for group in groups if group.notes], pieces)


def _place_of(document: Document, finding: Finding) -> str:
    place = finding.place
    block = place.block if 0 <= place.block < len(document.blocks) else 0
    piece = document.blocks[block]
    if not isinstance(piece, Paragraph) and 0 <= place.row < len(piece.rows):
        return f"place-{block + 1}-{place.row}"
    return f"place-{block + 1}"


def _piece(document: Document, number: int, at: dict[str, list[Note]], level: int) -> Piece:
    block, place = document.blocks[number], f"place-{number + 1}"
    if isinstance(block, Paragraph):
        return Piece(number + 1, place, at.get(place, []), block.text, min(level or block.level, DEEPEST_SHOWN))
    rows = [Row(f"{place}-{row}", cells, at.get(f"{place}-{row}", [])) for row, cells in enumerate(block.rows)]
    return Piece(number + 1, place, at.get(place, []), rows=rows)
