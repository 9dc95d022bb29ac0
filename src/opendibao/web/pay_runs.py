"""发放批次: the months, and one month with its steps, its equation to the month before and its control totals."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from opendibao.kernel.month import NotAMonth, add_months, parse_month
from opendibao.payment.queries import Equation, MonthRow, Term, equation_rows, run_of
from opendibao.web.access import FINANCE, PAYERS, may
from opendibao.web.counted import control_totals, equation, month_row, standing
from opendibao.web.county import asked_of
from opendibao.web.labels import AREAS, ATTEMPTS, TERMS
from opendibao.web.paging import pager
from opendibao.web.places import places
from opendibao.web.rows_paid import months
from opendibao.web.tables import Cell, Crumb, ListPage, Table, count, heads, household, money, text

TONES = {"paid": "ok", "returned": "warn", "unknown": "warn"}


@dataclass(frozen=True)
class Step:
    """A step of the run: its name, by whom or when; `state` is done, now or empty."""

    words: str
    said: str
    state: str


def pay_runs(request: HttpRequest) -> HttpResponse:
    """The months of a year."""
    page, found = months(asked_of(request), lambda rows: pager(request, rows))
    return render(request, "web/rows.html", {"page": page, "pager": found})


def pay_run(request: HttpRequest, month: str) -> HttpResponse:
    """One month's run."""
    when, row = _row(month)
    run = run_of(when)
    changes = equation(when)
    shown = {
        "row": row,
        "run": run,
        "steps": list(_steps(row, [run.maker, run.checker, run.finance], [run.sent_on, run.closed_on])) if run else [],
        "equation": changes,
        "terms": [term for term in changes.terms if term.households],
        "former": add_months(when, -1),
        "does": _does(request, row),
        "control": _control(row),
        "standing": _standing(row),
        "crumbs": [_up(when), Crumb(_month(when))],
    }
    return render(request, "web/pay_run.html", shown)


def pay_term(request: HttpRequest, month: str, term: str) -> HttpResponse:
    """The households of one term of the equation."""
    when = _row(month)[0]
    changes = equation(when)
    meant = next((one for one in changes.terms if one.key == term), None)
    if meant is None:
        raise Http404(f"月度等式里没有“{term}”这一项")
    found, names = pager(request, meant.households), places()
    rows = [
        [household(row.household), text(names.full(row.division)), money(row.was_fen), money(row.now_fen),
         money(row.now_fen - row.was_fen)]
        for row in equation_rows(when, term, offset=found.offset)
    ]  # fmt: skip
    page = _term_page(changes, meant, rows)
    return render(request, "web/rows.html", {"page": page, "pager": found})


def _month(month: date) -> str:
    return _("%(year)s 年 %(month)s 月") % {"year": month.year, "month": month.month}


def _up(month: date) -> Crumb:
    return Crumb(_("发放批次"), reverse("pay-runs") + f"?year={month.year}")


def _row(month: str) -> tuple[date, MonthRow]:
    try:
        when = parse_month(month)
    except NotAMonth as refusal:
        raise Http404(str(refusal)) from None
    row = month_row(when)
    if row is None:
        raise Http404(f"{month} 还没有发放批次")
    return when, row


def _steps(row: MonthRow, officers: list[str], days: list[date | None]) -> Iterator[Step]:
    sent, closed = days
    said = [
        (_("编制"), officers[0]), (pgettext("发放", "复核"), officers[1]), (_("财政审核"), officers[2]),
        (_("出盘"), _day(sent)), (_("银行记账"), _day(row.last_booked_on)), (_("关账"), _day(closed)),
    ]  # fmt: skip
    first_open = next((place for place, (_words, who) in enumerate(said) if not who), len(said))
    for place, (words, who) in enumerate(said):
        yield Step(words, who or _("等"), "done" if place < first_open else "now" if place == first_open else "")


def _does(request: HttpRequest, row: MonthRow) -> str:
    """The name of the form of the next step, where it is the viewer's to take."""
    form, wanted = {"computed": ("check-run", PAYERS), "checked": ("approve-run", FINANCE)}.get(row.state, ("", None))
    return form if wanted and may(request, wanted) else ""


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _control(row: MonthRow) -> Table:
    totals = control_totals(row.run_id)
    rows = [
        [Cell(AREAS[each.area]), count(each.households), count(each.persons), money(each.fen),
         money(each.supplement_fen)]
        for each in totals
    ]  # fmt: skip
    summed = [Cell(_("合计")), count(row.households), count(row.persons), money(row.fen),
              money(sum(each.supplement_fen for each in totals))]  # fmt: skip
    named = heads(_("城乡"), "#" + _("户"), "#" + _("人"), "#" + _("应发（元）"), "#" + _("其中分类施保"))
    return Table(named, rows, summed, caption=_("控制数"))


def _standing(row: MonthRow) -> Table:
    found, rows = standing(row.run_id), []
    for each in found:
        href = f"{reverse('rows', args=['paid'])}?month={row.month:%Y-%m}" if each.state == "paid" else ""
        tagged = Cell(ATTEMPTS[each.state], tone=TONES.get(each.state, ""))
        rows.append([tagged, count(each.lines, href), money(each.fen, href)])
    summed = [Cell(_("应发")), count(sum(each.lines for each in found)), money(sum(each.fen for each in found))]
    return Table(heads(_("状态"), "#" + _("笔"), "#" + _("元")), rows, summed, caption=_("银行结果"))


def _term_page(changes: Equation, term: Term, rows: list[list[Cell]]) -> ListPage:
    month, words = changes.month, TERMS[term.key]
    return ListPage(
        title=_("%(month)s%(term)s") % {"month": _month(month), "term": words},
        lead=_("%(n)s 户，本月比上月变动合计见末行。") % {"n": f"{term.households:,}"},
        table=Table(
            heads(_("户编号"), _("村社区"), "#" + _("上月（元）"), "#" + _("本月（元）"), "#" + _("变动（元）")), rows,
            [Cell(_("合计 %(n)s 户") % {"n": f"{term.households:,}"}), Cell(""), Cell(""), Cell(""), money(term.fen)],
            _("本月没有%(term)s。") % {"term": words}, _("%(term)s名单") % {"term": words},
        ),
        crumbs=[
            _up(month),
            Crumb(_month(month), reverse("pay-run", args=[f"{month:%Y-%m}"])), Crumb(words),
        ],
    )  # fmt: skip
