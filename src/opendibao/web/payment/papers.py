"""发放文书: the roster with full numbers for who pays, sums on paper for who signs, a letter for who was not paid."""

from collections.abc import Callable
from datetime import date

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.reporting import pay_papers
from opendibao.web.act_fields import Label
from opendibao.web.asking import BadQuestion
from opendibao.web.context import today_in_county
from opendibao.web.payment.files import attached
from opendibao.web.payment.run_asked import run_asked

PAPERS: dict[str, tuple[Label, Callable[[int, date], bytes]]] = {
    "application": (gettext_lazy("资金拨付申请表"), lambda run_id, on: pay_papers.funds_application_pdf(run_id, on=on)),
    "statement": (gettext_lazy("发放对账单"), lambda run_id, on: pay_papers.reconciliation_pdf(run_id, on=on)),
}
ROSTER = gettext_lazy("低保金发放花名册")


def run_paper(request: HttpRequest, month: str, paper: str) -> HttpResponse:
    """资金拨付申请表, sums only, and 发放对账单, which names the families of what does not agree; no id, no account."""
    run, today = run_asked(month), today_in_county()
    if paper not in PAPERS:
        raise Http404(f"没有文书“{paper}”")
    words, make = PAPERS[paper]
    name = _("%(month)s%(paper)s.pdf") % {"month": month, "paper": words}
    return attached(run.division, name, _printed(lambda: make(run.pk, today)), "发放文书")


def run_roster(request: HttpRequest, month: str, roster: str) -> HttpResponse:
    """发放花名册: ids and accounts in full, for who pays; every page says who took it and when."""
    run, today = run_asked(month), today_in_county()
    officer = request.viewer.name  # type: ignore[attr-defined]
    makes = {
        "pdf": lambda: pay_papers.roster_pdf(run.pk, on=today, officer=officer, full=True),
        "xlsx": lambda: pay_papers.roster_xlsx(run.pk, on=today, officer=officer, full=True),
    }
    if roster not in makes:
        raise Http404(f"花名册没有“{roster}”这种文件")
    return attached(run.division, f"{month}{ROSTER}.{roster}", _printed(makes[roster]), "发放花名册")


def return_slip(request: HttpRequest, e2e: str) -> HttpResponse:
    """退回通知: for the family whose money came back, in large type."""
    try:
        data = pay_papers.return_slip_pdf(e2e, on=today_in_county())
    except pay_papers.NoSuchRun as refusal:
        raise Http404(str(refusal)) from None
    division = request.viewer.division or settings.OPENDIBAO_COUNTY  # type: ignore[attr-defined]
    return attached(division, _("退回通知%(e2e)s.pdf") % {"e2e": e2e}, data, "退回通知")


def _printed(make: Callable[[], bytes]) -> bytes:
    """The paper. Raises BadQuestion saying why it is not printed yet."""
    try:
        return make()
    except pay_papers.NoSuchRun as refusal:
        raise BadQuestion(str(refusal)) from None
