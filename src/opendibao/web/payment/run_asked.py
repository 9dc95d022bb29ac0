"""问的批次: which month's run a page or form is about, the way to it, and what is read of it more than once a page."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.kernel.month import NotAMonth, month_text, parse_month
from opendibao.payment import precheck_queries, reconciliation, run_lines
from opendibao.web.counted import run_of
from opendibao.web.remembering import EVERYTHING, MONEY, remembered
from opendibao.web.tables import Crumb

Run = Any  # payment's PayRun, which pages never import
gates = remembered(MONEY)(precheck_queries.gates)
check_table = remembered(MONEY)(precheck_queries.check_table)
confirmations = remembered(MONEY)(precheck_queries.confirmations)
run_sums = remembered(MONEY)(run_lines.run_sums)
run_at_hand = remembered(MONEY)(run_lines.run_at_hand)
exceptions = remembered(EVERYTHING)(reconciliation.exceptions)


def month_asked(month: str) -> date:
    """The month of an address. Raises Http404 where it is none, or is written otherwise."""
    try:
        when = parse_month(month)
    except NotAMonth as refusal:
        raise Http404(str(refusal)) from None
    if month_text(when) != month:
        raise Http404(f"没有月份“{month}”")
    return when


def run_asked(month: str) -> Run:
    """The run of a month. Raises Http404 where there is none."""
    run = run_of(month_asked(month))
    if run is None:
        raise Http404(f"{month} 还没有发放批次")
    return run


def month_said(month: date) -> str:
    """A month in words."""
    return _("%(year)s 年 %(month)s 月") % {"year": month.year, "month": month.month}


def undecided(run_id: int) -> int:
    """How many differences of a run nobody answers for yet."""
    return sum(not row.resolution for row in exceptions(run_id=run_id, is_open=True))


def subject(month: str) -> str:
    """The audit's name of a run; every step of it is an event of this subject."""
    return f"发放批次 {month}"


def run_page(month: str) -> str:
    """Where a run stands."""
    return reverse("pay-run", args=[month])


def way(month: str) -> list[Crumb]:
    """From the list of runs to one of them."""
    return [Crumb(_("发放批次"), reverse("pay-runs") + f"?year={month[:4]}"), Crumb(month, run_page(month))]


def officer(request: HttpRequest) -> str:
    """The name of who acts."""
    return str(request.viewer.name)  # type: ignore[attr-defined]
