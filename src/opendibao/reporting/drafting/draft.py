"""草稿: a year's report as it stands: figures as last taken, scores and notes of now, words of officers, its check-up.

What is seen here is what becomes final: finalising writes the same draft of figures that were just taken again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from opendibao.evaluation.attached import attached_of
from opendibao.evaluation.conclusion import Conclusion, conclude
from opendibao.evaluation.queries import Notes, notes, snapshot_period
from opendibao.evaluation.report_texts import report_texts
from opendibao.evaluation.snapshot import Snapshot, figures_as_data, relocked
from opendibao.reporting.blocks import Block
from opendibao.reporting.content import FindingContent, ReportContent, cleaned
from opendibao.reporting.drafting.edited import lost_texts
from opendibao.reporting.drafting.own_check import merged, own_findings
from opendibao.reporting.drafting.typed_numbers import TypedNumber, typed_numbers
from opendibao.reporting.gathering import gather
from opendibao.reporting.sentences import DEPARTMENT_EVALUATION, write_body


@dataclass(frozen=True)
class Draft:
    """The report of a year as it would be printed now.

    `automatic` are the paragraphs as the figures alone say them, `places` says of each finding (id, where) in which
    paragraph it lies, `lost` are words that are printed nowhere: their paragraph is gone, or a figure in them.
    """

    content: ReportContent
    blocks: tuple[Block, ...]
    automatic: Mapping[str, Block]
    texts: Mapping[str, str]
    typed: tuple[TypedNumber, ...]
    places: Mapping[tuple[str, str], str]
    lost: Mapping[str, str]
    said: Conclusion

    @property
    def findings(self) -> tuple[FindingContent, ...]:
        """What the check-up finds, in the sheet and in the text."""
        return self.content.findings

    @property
    def open_errors(self) -> tuple[FindingContent, ...]:
        """Errors that are neither mended nor explained: with one of them nothing becomes final."""
        return tuple(one for one in self.findings if one.is_open)

    @property
    def unprintable(self) -> tuple[str, ...]:
        """Words of an officer whose paragraph is there and a figure in them is not: nothing becomes final over them."""
        return tuple(text for place, text in self.lost.items() if place in self.automatic)


def draft_of(snapshot: Snapshot, report: str = DEPARTMENT_EVALUATION, *, samples: bool = False) -> Draft:
    """The draft from the figures of a snapshot. Raises NoSheet.

    `samples` brings a few masked rows of each figure, which only the evidence pack prints.
    """
    asked, measured = snapshot_period(snapshot), relocked(snapshot)
    said = conclude(asked, measured)
    found = gather(asked, figures_as_data(measured), said, attached_of(snapshot), samples=samples)
    content = cleaned(replace(found, version=snapshot.version, is_draft=True))
    texts = {place: one.text for place, one in report_texts(snapshot.year, snapshot.division, report).items()}
    return write_draft(content, said, texts, notes(snapshot.year, snapshot.division), report)


def write_draft(
    content: ReportContent, said: Conclusion, texts: Mapping[str, str], signed: Notes, report: str
) -> Draft:
    """The draft of a content: checked once, then written with what the check-up found."""
    own = own_findings(content, write_body(content, report, texts))
    whole = replace(content, findings=merged(content.findings, [one for one, _ in own], signed))
    automatic, blocks = write_body(whole, report), write_body(whole, report, texts)
    by_place = {block.place: block for block in automatic if block.place}
    return Draft(
        whole, blocks, by_place, texts, typed_numbers(blocks, by_place, whole),
        {(one.id, one.where): place for one, place in own if place}, lost_texts(automatic, texts, whole), said,
    )  # fmt: skip
