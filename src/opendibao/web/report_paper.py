"""报告纸面: the draft piece by piece: texts, figures that open their rows, numbers typed by hand, findings."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from opendibao.evaluation.checkup.finding import Severity
from opendibao.evaluation.conclusion import FindingLine
from opendibao.reporting.blocks import Block, Run, Table
from opendibao.reporting.content import FindingContent
from opendibao.reporting.drafting.draft import Draft
from opendibao.reporting.drafting.typed_numbers import TypedNumber
from opendibao.web.checked_paper import TONES, WORDS

TABLES_ARE_LONG = 12


@dataclass(frozen=True)
class Segment:
    """A piece of a paragraph: text, a figure with the address of its rows, or a number typed by hand."""

    text: str
    figure: str = ""
    href: str = ""
    is_typed: bool = False


@dataclass(frozen=True)
class Mark:
    """A finding as the page shows it: sign, colour and word of its severity, the address of its place."""

    number: int
    finding: FindingContent | FindingLine
    href: str

    @property
    def is_open(self) -> bool:
        """An error that is neither mended nor explained."""
        return self.finding.is_open

    @property
    def tone(self) -> str:
        """Colour."""
        return "ok" if self.finding.note else TONES[Severity(self.finding.severity)][0]

    @property
    def sign(self) -> str:
        """Sign, which says the same as the colour."""
        return "✓" if self.finding.note else TONES[Severity(self.finding.severity)][1]

    @property
    def words(self) -> str:
        """Its severity."""
        return str(WORDS[Severity(self.finding.severity)])


@dataclass(frozen=True)
class Piece:
    """A heading, a paragraph, a table or a picture of the draft; `place` is empty where nothing can be rewritten."""

    level: int
    segments: Sequence[Segment]
    place: str = ""
    is_edited: bool = False
    is_first: bool = True  # of the lines of its place
    marks: Sequence[Mark] = ()
    table: Table | None = None
    anchor: str = ""
    picture: str = ""  # where a drawing is fetched

    @property
    def is_long(self) -> bool:
        """A table that is folded away."""
        return self.table is not None and len(self.table.rows) > TABLES_ARE_LONG


def gravity(one: FindingContent | FindingLine) -> tuple[int, str]:
    """Where a finding stands in a list: the grave ones first."""
    return list(WORDS).index(Severity(one.severity)), one.id


def marks_of(draft: Draft) -> list[Mark]:
    """The findings, the grave ones first; each leads to its paragraph, to the sheet where it lies there."""
    found = sorted(draft.findings, key=gravity)
    return [
        Mark(number, one, f"#at-{place}" if (place := draft.places.get((one.id, one.where))) else "#table-score")
        for number, one in enumerate(found, 1)
    ]


def pieces_of(draft: Draft, marks: Sequence[Mark], names: Mapping[str, str], *, opens: bool) -> list[Piece]:
    """The draft in order; `names` are those of the figures, `opens` says whether their rows can be opened now."""
    at: dict[str, list[Mark]] = {}
    for one in marks:
        at.setdefault(one.href, []).append(one)
    links = {figure: f"{reverse('figure', args=[figure])}?year={draft.content.year}" for figure in names if opens}
    return list(_pieces(draft, at, links))


def _pieces(draft: Draft, at: Mapping[str, Sequence[Mark]], links: Mapping[str, str]) -> Iterator[Piece]:
    typed: dict[tuple[str, str], list[TypedNumber]] = {}
    for one in draft.typed:
        typed.setdefault((one.place, one.line), []).append(one)
    before = ""
    for block in draft.blocks:
        if block.table:
            anchor = f"table-{block.name}"
            yield Piece(0, (), table=block.table, anchor=anchor, marks=at.get(f"#{anchor}", ()))
            continue
        if block.kind == "picture":
            drawn = reverse("chart", args=[draft.content.year, draft.content.version, block.name])
            yield Piece(0, (Segment(block.text),), picture=drawn)
            continue
        is_first = not block.place or block.place != before
        before = block.place
        level = int(block.kind[-1]) if block.kind.startswith("heading") else 0
        segments = tuple(_segments(block, typed.get((block.place, block.text), ()), links))
        anchor = f"at-{block.place}" if block.place and is_first else ""
        marks = at.get(f"#{anchor}", ()) if anchor else ()
        yield Piece(level, segments, block.place, block.is_edited, is_first, marks, anchor=anchor)


def _segments(block: Block, typed: Sequence[TypedNumber], links: Mapping[str, str]) -> Iterator[Segment]:
    for place, run in enumerate(block.runs):
        if run.figure:
            yield Segment(run.text, run.figure, links.get(run.figure, ""))
        else:
            yield from _text(run, [one for one in typed if one.run == place])


def _text(run: Run, typed: Sequence[TypedNumber]) -> Iterator[Segment]:
    end = 0
    for one in typed:
        if one.first > end:
            yield Segment(run.text[end : one.first])
        yield Segment(one.text, one.figure, is_typed=True)
        end = one.first + len(one.text)
    if end < len(run.text):
        yield Segment(run.text[end:])
