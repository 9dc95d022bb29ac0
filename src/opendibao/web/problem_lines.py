"""问题台账的行: the ledger of a year as of today, kept for as long as its data stay; how a problem is shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from opendibao.evaluation.figure import Period
from opendibao.evaluation.problem_ledger import ABOVE, LedgerLine, ledger_now
from opendibao.evaluation.queries import period
from opendibao.web.access import opens
from opendibao.web.asking import Asked
from opendibao.web.clock import COUNTY_TIME
from opendibao.web.labels import JUDGEMENTS
from opendibao.web.remembering import WORK, remembered
from opendibao.web.tables import Cell
from opendibao.web.templatetags.figures import MINUS, grouped

TONES = {"exists": "bad", "absent": "ok", "unmeasured": "warn"}
RECTIFY = "take-into-rectification"


@dataclass(frozen=True)
class ProblemLine:
    """A problem as pages show it: its line of the ledger, the value with its unit, the mark, where its rows are."""

    line: LedgerLine
    value: str
    mark: Cell
    bound: str
    href: str
    rectify: str = ""


def live_period(question: Asked) -> Period:
    """The year as it is known today."""
    now = datetime.combine(question.today, time.max, COUNTY_TIME)
    return period(question.year, known_at=now, division=settings.OPENDIBAO_COUNTY)


def problem_lines(request: HttpRequest, question: Asked) -> list[ProblemLine]:
    """The twelve problems as of today; none where the viewer may not open the ledger."""
    if not opens(reverse("problems"), request.viewer):  # type: ignore[attr-defined]
        return []
    return [shown(one, request, question) for one in _ledger(live_period(question))]


@remembered(WORK)
def _ledger(asked: Period) -> Sequence[LedgerLine]:
    return ledger_now(asked)


def shown(one: LedgerLine, request: HttpRequest, question: Asked) -> ProblemLine:
    """A line of the ledger in words and marks of the page."""
    unit = "" if one.unit == "%" or one.judged == "unmeasured" else f" {_(one.unit)}"
    tail = f"?year={question.year}"
    said = _(one.value) if one.judged == "unmeasured" else grouped(one.value)
    value = f"{said}{unit}".replace("-", MINUS)
    return ProblemLine(
        one, value, Cell(JUDGEMENTS[one.judged], tone=TONES[one.judged]), _bound(one),
        reverse("problem", args=[one.id.partition(".")[2]]) + tail, _rectify(one, request, question),
    )  # fmt: skip


def _bound(one: LedgerLine) -> str:
    """From where on the problem exists, in words."""
    unit = "%" if one.unit == "%" else ""
    words = _("大于 %(line)s") if one.when == ABOVE else _("小于 %(line)s")
    return words % {"line": f"{one.line}{unit}"}


def _rectify(one: LedgerLine, request: HttpRequest, question: Asked) -> str:
    """Where the problem is taken into the list of what to put right; empty where that is not for the viewer."""
    try:
        href = reverse(RECTIFY)
    except NoReverseMatch:
        return ""
    if not one.exists or not opens(href, request.viewer):  # type: ignore[attr-defined]
        return ""
    return f"{href}?year={question.year}&origin=problem:{one.number}"
