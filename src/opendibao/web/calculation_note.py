"""核算说明: how a decision was worked out, as a paper for the family or for the auditor."""

from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from opendibao.audit.actions import record_view
from opendibao.decision.explaining import explained
from opendibao.decision.queries import DecisionRow, decisions_of
from opendibao.decision.refusal import DecisionRefused
from opendibao.registry.queries import household as household_of
from opendibao.reporting.note_file import FORMS, TITLES, note_pdf
from opendibao.web.asking import BadQuestion
from opendibao.web.clock import now_in_county


def calculation_note(request: HttpRequest, number: str, form: str) -> HttpResponse:
    """The note of one of the household's decisions (?decision=…, else the last) as a PDF."""
    found = household_of(number)
    if found is None or form not in FORMS:
        raise Http404(f"没有家庭“{number}”的说明“{form}”")
    row = _asked(request, decisions_of(found.id))
    record_view(number, found.division, TITLES[form], at=now_in_county())
    try:
        told = explained(row.pk)
    except DecisionRefused as fault:
        raise BadQuestion(str(fault)) from None
    if told is None:
        raise BadQuestion(_("决定 %(number)s 没有留下可以重算的核定情况，不能出核算说明。") % {"number": row.number})
    response = HttpResponse(note_pdf(told, form), content_type="application/pdf")
    name = f"{TITLES[form]}{row.number}.pdf"
    response.headers["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(name)}"
    return response


def _asked(request: HttpRequest, rows: list[DecisionRow]) -> DecisionRow:
    """The decision that is asked for. Raises Http404 where the household has no such decision."""
    asked = request.GET.get("decision", "")
    for row in rows:
        if asked in ("", str(row.pk)):
            return row
    raise Http404(f"这户没有决定“{asked}”")
