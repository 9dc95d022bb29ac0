"""报告撰写: the indicators, one of them opened, and the draft of the report, whose figures open their rows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.evaluation.conclusion import Conclusion
from opendibao.evaluation.queries import final_snapshot, latest_snapshot, places, snapshot_places
from opendibao.evaluation.scored_rows import ScoredRow
from opendibao.evaluation.snapshot import REPORT, Snapshot
from opendibao.evaluation.snapshot_chain import text_sha256
from opendibao.reporting.blocks import plain_text
from opendibao.reporting.content import FigureContent
from opendibao.reporting.drafting.draft import Draft, draft_of
from opendibao.reporting.drafting.marks import Marks
from opendibao.reporting.drafting.typed_numbers import TypedNumber
from opendibao.web.access import EVALUATORS, may
from opendibao.web.asking import BadQuestion
from opendibao.web.county import asked_of
from opendibao.web.evaluation_tabs import evaluation_tabs
from opendibao.web.figure import FEN, words_of_head
from opendibao.web.report_paper import marks_of, pieces_of
from opendibao.web.tables import Crumb
from opendibao.web.templatetags.figures import yuan

SOUND, UNMET, DOUBTFUL, UNKNOWN = ("ok", "✓"), ("bad", "●"), ("warn", "▲"), ("", "○")


@dataclass(frozen=True)
class Branch:
    """A row of the sheet in the tree: where it begins a group its names, its state as sign and word, its address."""

    row: ScoredRow
    level1: str
    level2: str
    href: str
    is_open: bool

    @property
    def tone(self) -> str:
        """Colour of its state."""
        return self._state[0]

    @property
    def sign(self) -> str:
        """Sign of its state."""
        return self._state[1]

    @property
    def words(self) -> str:
        """Its state in words."""
        if not self.row.is_measured:
            return _("未测得")
        if self.row.is_doubtful:
            return _("存疑")
        return _("达到") if self.row.is_met else _("没有达到")

    @property
    def _state(self) -> tuple[str, str]:
        if not self.row.is_measured:
            return UNKNOWN
        if self.row.is_doubtful:
            return DOUBTFUL
        return SOUND if self.row.is_met else UNMET


@dataclass(frozen=True)
class Part:
    """A figure of a row: what is over and what is under, in words and as it is counted."""

    figure: FigureContent
    over: tuple[str, str]
    under: tuple[str, str]


@dataclass(frozen=True)
class Typed:
    """A number typed by hand, its paragraph, and the figure that it equals or resembles, by name and value."""

    number: TypedNumber
    name: str
    value: str


def report_editor(request: HttpRequest) -> HttpResponse:
    """The year's draft beside its indicators."""
    question = asked_of(request)
    year, county = question.year, settings.OPENDIBAO_COUNTY
    shown: dict[str, object] = {
        "asked": question,
        "tabs": evaluation_tabs(request, "report-editor", year),
        "crumbs": [Crumb(_("绩效评价"), f"{reverse('evaluation')}?year={year}"), Crumb(_("报告"))],
        "writes": may(request, EVALUATORS),
    }
    snapshot = latest_snapshot(year, county)
    if snapshot is None:
        return render(request, "web/report_none.html", shown)
    draft = draft_of(snapshot)
    is_changed = snapshot_places(snapshot) != places(year, county)
    names, marks = Marks(draft.content).names, marks_of(draft)
    row = _chosen(request, draft.said)
    shown |= {
        "snapshot": snapshot,
        "final": snapshot if snapshot.is_final else final_snapshot(year, county),
        "is_changed": is_changed,
        "is_rewritten": snapshot.is_final and not _is_as_locked(snapshot, draft),
        "draft": draft,
        "marks": marks,
        "errors": sum(one.is_open for one in marks),
        "branches": list(_branches(draft.said, row, year)),
        "row": row,
        "parts": _parts(draft, row),
        "pieces": pieces_of(draft, marks, names, opens=not is_changed),
        "typed": _typed(draft, names),
        "lost": draft.lost,
    }
    return render(request, "web/report.html", shown)


def _rows(said: Conclusion) -> Sequence[ScoredRow]:
    return (*said.rows, *said.beside)


def _chosen(request: HttpRequest, said: Conclusion) -> ScoredRow:
    """The row that is asked for, else the first that is not met."""
    rows = _rows(said)
    if code := request.GET.get("row", ""):
        found = next((row for row in rows if row.code == code), None)
        if found is None:
            raise BadQuestion(_("指标表里没有“%(code)s”，请从左边的指标里选") % {"code": code})
        return found
    return next((row for row in said.rows if not row.is_met), rows[0])


def _branches(said: Conclusion, chosen: ScoredRow, year: int) -> Iterator[Branch]:
    above: ScoredRow | None = None
    for row in _rows(said):
        begins = above is None or above.level1 != row.level1
        level2 = row.level2 if begins or (above and above.level2 != row.level2) else ""
        href = f"{reverse('report-editor')}?year={year}&row={row.code}#card"
        yield Branch(row, row.level1 if begins else "", level2, href, row.code == chosen.code)
        above = row


def _parts(draft: Draft, row: ScoredRow) -> list[Part]:
    """The figures that the row is measured by."""
    said = draft.content.row(row.code)
    found = [draft.content.figure(one) for one in said.figures] if said else []
    return [
        Part(one, (words_of_head(one.numerator), _counted(one.numerator, one.n)),
             (words_of_head(one.denominator), _counted(one.denominator, one.d)))
        for one in found if one
    ]  # fmt: skip


def _counted(what: str, count: str) -> str:
    """A count; money, which comes in fen, in yuan."""
    return yuan(int(count)) if count and what.endswith(FEN) else count


def _is_as_locked(snapshot: Snapshot, draft: Draft) -> bool:
    """Whether a final report's text is still what the draft would print."""
    return text_sha256(plain_text(draft.blocks)) == str(snapshot.content[REPORT]["text_sha256"])


def _typed(draft: Draft, names: Mapping[str, str]) -> list[Typed]:
    known = {one.id: one.value for one in draft.content.figures}
    return [Typed(one, names.get(one.figure, ""), known.get(one.figure, "")) for one in draft.typed]
