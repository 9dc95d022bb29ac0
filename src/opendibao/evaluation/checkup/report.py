"""读懂的报告: a document with its outline, its indicator table and the numbers of its text, each found once."""

from collections.abc import Iterator
from functools import cached_property

from opendibao.evaluation.checkup.document import Document, Paragraph
from opendibao.evaluation.checkup.facts import Composition, Fact, compositions_of, facts_of
from opendibao.evaluation.checkup.finding import Place
from opendibao.evaluation.checkup.funds import Funds, funds_of
from opendibao.evaluation.checkup.outline import Outline, Part, Section, outline_of
from opendibao.evaluation.checkup.sheet_table import SheetTable, sheet_of


class Report:
    """What the rules of the check-up ask of a report."""

    def __init__(self, document: Document) -> None:
        self.document = document

    @cached_property
    def outline(self) -> Outline:
        """Its headings and sections."""
        return outline_of(self.document)

    @cached_property
    def sheet(self) -> SheetTable | None:
        """Its indicator table."""
        return sheet_of(self.document)

    @cached_property
    def funds(self) -> Funds | None:
        """Its block of planned and executed money."""
        return funds_of(self.document)

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """The numbers of its text."""
        return facts_of(self.document)

    @cached_property
    def compositions(self) -> tuple[Composition, ...]:
        """The totals of its text with their parts."""
        return compositions_of(self.document)

    @cached_property
    def text(self) -> str:
        """All paragraphs, joined by line ends."""
        return "\n".join(paragraph.text for _, paragraph in self.document.paragraphs())

    def section(self, part: Part) -> Section | None:
        """The section of a standard part."""
        return self.outline.of(part)

    def paragraphs(self, section: Section | None) -> Iterator[tuple[int, Paragraph]]:
        """The paragraphs under a heading, with those of the sections inside it; nothing of no section."""
        if section is not None:
            yield from self.document.paragraphs(section.first, section.last)

    def text_of(self, part: Part) -> str:
        """The text under the heading of a part, and what follows the heading on its line."""
        section = self.section(part)
        if section is None:
            return ""
        return "\n".join([section.heading.rest, *(paragraph.text for _, paragraph in self.paragraphs(section))]).strip()

    def where(self, place: Place) -> str:
        """A place in words: the headings that hold it, the row of the indicator table by its name."""
        path = [f"{one.heading.mark}{one.heading.title}" for one in self.outline.path_of(place.block)]
        if self.sheet and place.row > 0:
            named = [line for line in self.sheet.lines if line.place == place]
            if named or place.block == self.sheet.block:
                path.append(f"指标表第{named[0].number}行“{named[0].name}”" if named else f"指标表第{place.row}行")
        return "，".join(path) or "全文"
