"""纸面: what stands on one paper (fields, tables, sentences, boxes, places to sign), before anything is drawn."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, ClassVar, Protocol


class Block(Protocol):
    """A part of a paper; `block` names how it is drawn."""

    block: ClassVar[str]


@dataclass(frozen=True)
class Field:
    """A labelled cell; `wide` is how many of the row's 24 parts it takes (0: its equal share).

    `by_pen` marks what nobody can know before the paper is filled in: only such a cell may be printed empty.
    """

    zh: str
    text: str = ""
    by_pen: bool = False
    wide: int = 0


def known(zh: str, text: str, wide: int = 0) -> Field:
    """A cell that the data fill."""
    return Field(zh, text, False, wide)


def by_pen(zh: str, text: str = "", wide: int = 0) -> Field:
    """A cell that is filled by hand where the data do not know it."""
    return Field(zh, text, True, wide)


@dataclass(frozen=True)
class Fields:
    """Rows of labelled cells."""

    rows: Sequence[Sequence[Field]]
    block: ClassVar[str] = "fields"


@dataclass(frozen=True)
class Grid:
    """A table; a head that begins with # stands over figures. `widths` are shares; `lines` empty rows follow."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[int] = ()
    lines: int = 0
    total: Sequence[str] = ()
    size: int = 0  # points; 0: as the paper's text
    block: ClassVar[str] = "grid"


@dataclass(frozen=True)
class Words:
    """Paragraphs; `size` in points (0: as the paper's text); `indent` as running text."""

    lines: Sequence[str]
    size: int = 0
    indent: bool = True
    block: ClassVar[str] = "words"


@dataclass(frozen=True)
class Part:
    """The heading of a part."""

    zh: str
    block: ClassVar[str] = "part"


@dataclass(frozen=True)
class Ticks:
    """A line of choices, those that hold ticked."""

    zh: str
    choices: Sequence[str]
    chosen: Sequence[str] = ()
    block: ClassVar[str] = "ticks"


@dataclass(frozen=True)
class Space:
    """A box with a label for something longer; empty it leaves `height` millimetres to write in."""

    zh: str
    text: str = ""
    height: int = 18
    block: ClassVar[str] = "space"


@dataclass(frozen=True)
class Sign:
    """A place to sign: as what, whose name is known, the day; `is_sealed` leaves room for the office's seal."""

    role: str
    name: str = ""
    day: str = ""
    is_sealed: bool = False


@dataclass(frozen=True)
class Signatures:
    """Places to sign side by side."""

    signs: Sequence[Sign]
    block: ClassVar[str] = "signatures"


@dataclass(frozen=True)
class Ballots:
    """Voting slips, cut along the lines: `count` of one text."""

    title: str
    lines: Sequence[str]
    choices: Sequence[str]
    count: int
    block: ClassVar[str] = "ballots"


@dataclass(frozen=True)
class Contents:
    """The list of papers that follow, with the pages they take; filled by the typesetter."""

    block: ClassVar[str] = "contents"


@dataclass(frozen=True)
class Receipt:
    """送达回证 at the foot of a letter: how it reached the family."""

    how: str = ""
    receiver: str = ""
    day: str = ""
    block: ClassVar[str] = "receipt"


@dataclass(frozen=True)
class Letter:
    """A letter as it was written: to whom, its parts (head, text), number and day; one page where it can be."""

    to: str
    parts: Sequence[tuple[str, str]]
    tail: Sequence[str]
    office: str
    day: str
    phones: Sequence[str]
    receipt: Receipt
    block: ClassVar[str] = "letter"


FORM, LETTER, POSTER, COVER = "form", "letter", "poster", "cover"


@dataclass(frozen=True)
class Sheet:
    """One paper: its kind and title, the number it belongs to, how it is laid out, and its blocks.

    `whose` says whose paper it is where one file holds several of a kind.
    """

    kind: str
    title: str
    blocks: Sequence[Block]
    number: str = ""
    office: str = ""
    under: str = ""
    layout: str = FORM
    whose: str = ""
    clause: str = ""

    def as_data(self) -> dict[str, Any]:
        """For the typesetter."""
        blocks = [{"block": one.block, **asdict(one)} for one in self.blocks]  # type: ignore[call-overload]
        return {**{name: getattr(self, name) for name in _PLAIN}, "blocks": blocks}

    def fields(self) -> Iterator[Field]:
        """All labelled cells."""
        for one in self.blocks:
            if isinstance(one, Fields):
                for row in one.rows:
                    yield from row


_PLAIN = ("kind", "title", "number", "office", "under", "layout", "whose", "clause")


def empty_required(sheets: Sequence[Sheet]) -> list[tuple[str, str]]:
    """(paper, cell) of every cell that should have been filled from the data and is empty."""
    return [(one.title, cell.zh) for one in sheets for cell in one.fields() if not cell.text and not cell.by_pen]
