"""发放批次: the months, and one month with its steps, its equation to the month before and its control totals."""

from dataclasses import replace
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.kernel.month import add_months
from opendibao.payment.precheck_queries import Gates
from opendibao.payment.queries import Equation, MonthRow, Term, equation_rows
from opendibao.payment.run_lines import RunSum
from opendibao.web.access import FINANCE, PAYERS, may
from opendibao.web.context import today_in_county
from opendibao.web.counted import equation, month_row, run_of, standing
from opendibao.web.county import asked_of
from opendibao.web.labels import AREAS, ATTEMPTS, TERMS
from opendibao.web.paging import pager
from opendibao.web.payment.returns import RETURN_READERS
from opendibao.web.payment.run_asked import (
    Run,
    check_table,
    gates,
    month_asked,
    month_said,
    officer,
    run_at_hand,
    run_sums,
)
from opendibao.web.payment.run_beside import beside_part
from opendibao.web.payment.run_calendar import confirm_by, days_done, days_left, run_days
from opendibao.web.payment.run_files import files_part
from opendibao.web.payment.run_steps import officers, steps, steps_ahead, turn, turn_ahead
from opendibao.web.places import places
from opendibao.web.rows_paid import months
from opendibao.web.tables import Cell, Crumb, ListPage, Table, count, heads, household, money, text

TONES = {"paid": "ok", "returned": "warn", "unknown": "warn", "differs": "bad"}


def pay_runs(request: HttpRequest) -> HttpResponse:
    """The months of a year, and the way to the one that is to be computed."""
    page, found = months(asked_of(request), lambda rows: pager(request, rows))
    ahead, run = run_at_hand(today_in_county())
    if run is None and may(request, PAYERS):
        words = _("编制 %(month)s发放") % {"month": month_said(ahead)}
        page = replace(page, acts=[Crumb(words, reverse("pay-run", args=[f"{ahead:%Y-%m}"])), *page.acts])
    page = replace(page, acts=[*page.acts, Crumb(_("补发、暂停、追缴"), reverse("money-changes"))])
    if may(request, RETURN_READERS):
        ways = [Crumb(_("退回款"), reverse("returns")), Crumb(_("账户变更"), reverse("account-changes"))]
        page = replace(page, acts=[*page.acts, *ways])
    if request.viewer.sees_county:  # type: ignore[attr-defined]
        page = replace(page, acts=[*page.acts, Crumb(_("资金"), reverse("funds"))])
        more = [Crumb(_("提标"), reverse("upratings")), Crumb(_("价格临时补贴"), reverse("price-supplements"))]
        page = replace(page, acts=[*page.acts, *more])
    return render(request, "web/rows.html", {"page": page, "pager": found})


def pay_run(request: HttpRequest, month: str) -> HttpResponse:
    """One month's run; before it is computed, the form that computes it."""
    when = month_asked(month)
    run = run_of(when)
    return _run(request, month, run) if run else _ahead(request, month, when)


def _ahead(request: HttpRequest, month: str, when: date) -> HttpResponse:
    """A month that nobody has computed. Raises Http404 where it is not its turn."""
    today = today_in_county()
    if when != run_at_hand(today)[0]:
        raise Http404(f"{month} 还没有发放批次")
    shown = {
        "month": when, "steps": steps_ahead(), "turn": turn_ahead(request, when, today), "days": run_days(when, today),
        "left": days_left(when, None, today), "crumbs": [_up(when), Crumb(month_said(when))],
    }  # fmt: skip
    return render(request, "web/pay_run_ahead.html", shown)


def _run(request: HttpRequest, month: str, run: Run) -> HttpResponse:
    row, today = _row(run.month), today_in_county()
    stand, changes, sums = gates(run.pk), equation(run.month), run_sums(run.pk)
    is_whole = request.viewer.sees_county  # type: ignore[attr-defined]
    done = days_done(run, row, is_confirmed=stand.confirmed >= stand.towns)
    days = run_days(run.month, today, done, confirm_by(run))
    shown = {
        "row": row, "run": run, "month": run.month, "steps": steps(run, stand, row, is_whole=is_whole),
        "turn": turn(request, month, run, stand, row), "days": days, "left": days_left(run.month, run, today, row),
        "is_whole": is_whole,
        "equation": changes, "terms": [term for term in changes.terms if term.households],
        "beside": beside_part(sums),
        "former": add_months(run.month, -1), "officers": list(officers(run)),
        "checks": check_table(run.pk) if is_whole else [], "waiting": stand.waiting,
        "control": _control(month, sums), "held_fen": sum(each.held_fen for each in sums),
        "held": sum(each.held_households for each in sums), "fen": sum(each.fen for each in sums),
        "is_counted": is_whole and sum(each.fen for each in sums) == run.total_fen,
        "files": files_part(request, month, run) if is_whole else None, "standing": _standing(row, sums),
        "may_return": _may_return(request, run),
        "may_recompute": _may_recompute(request, run, stand),
        "crumbs": [_up(run.month), Crumb(month_said(run.month))],
    }  # fmt: skip
    return render(request, "web/pay_run.html", shown)


def _may_return(request: HttpRequest, run: Run) -> bool:
    """Whether the viewer may send the run back to its maker."""
    return run.state in ("checked", "reviewed") and may(request, FINANCE | PAYERS)


def _may_recompute(request: HttpRequest, run: Run, stand: Gates) -> bool:
    """Whether the viewer is offered to freeze the list again: whoever is to check it is not, it would make it his."""
    if run.state != "computed" or not may(request, PAYERS):
        return False
    return stand.next_step != "check" or officer(request) == run.maker


def pay_term(request: HttpRequest, month: str, term: str) -> HttpResponse:
    """The households of one term of the equation."""
    when = _row(month_asked(month)).month
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


def _up(month: date) -> Crumb:
    return Crumb(_("发放批次"), reverse("pay-runs") + f"?year={month.year}")


def _row(when: date) -> MonthRow:
    row = month_row(when)
    if row is None:
        raise Http404(f"{when:%Y-%m} 还没有发放批次")
    return row


def _control(month: str, sums: list[RunSum]) -> Table:
    """What the run owes, what of it is held back or set off, and what goes out; each opens its rows."""
    lines = reverse("run-lines", args=[month])
    held = f"{lines}?held=1"
    has_offsets = any(each.offset_fen for each in sums)
    rows = [
        [Cell(AREAS[each.area]), count(each.households, f"{lines}?area={each.area}"), count(each.persons),
         money(each.fen, f"{lines}?area={each.area}"), money(each.supplement_fen),
         money(each.held_fen, f"{held}&area={each.area}" if each.held_households else ""),
         *([money(each.offset_fen)] if has_offsets else []), money(each.out_fen)]
        for each in sums
    ]  # fmt: skip
    total, out = sum(each.fen for each in sums), sum(each.held_fen for each in sums)
    summed = [
        Cell(_("合计")), count(sum(each.households for each in sums), lines), count(sum(each.persons for each in sums)),
        money(total, lines), money(sum(each.supplement_fen for each in sums)), money(out, held if out else ""),
        *([money(sum(each.offset_fen for each in sums))] if has_offsets else []),
        money(sum(each.out_fen for each in sums)),
    ]  # fmt: skip
    named = heads(
        _("城乡"), "#" + _("户"), "#" + _("人"), "#" + _("应发（元）"), "#" + _("其中分类施保"), "#" + _("暂缓"),
        *(["#" + _("抵扣")] if has_offsets else []), "#" + _("本次发放"),
    )  # fmt: skip
    return Table(named, rows, summed, caption=_("控制数"))


def _standing(row: MonthRow, sums: list[RunSum]) -> Table:
    """How the lines stand with the bank; booked rows are listed by month, which are others where some were ordered."""
    found, rows = standing(row.run_id), []
    is_one_month = not any(each.supplements + each.prices + each.backpays for each in sums)
    for each in found:
        is_listed = each.state == "paid" and is_one_month
        href = f"{reverse('rows', args=['paid'])}?month={row.month:%Y-%m}" if is_listed else ""
        tagged = Cell(ATTEMPTS[each.state], tone=TONES.get(each.state, ""))
        rows.append([tagged, count(each.lines, href), money(each.fen, href)])
    owed = _("应发减抵扣") if any(each.offsets for each in sums) else _("应发")
    summed = [Cell(owed), count(sum(each.lines for each in found)), money(sum(each.fen for each in found))]
    return Table(heads(_("状态"), "#" + _("笔"), "#" + _("元")), rows, summed, caption=_("银行结果"))


def _term_page(changes: Equation, term: Term, rows: list[list[Cell]]) -> ListPage:
    month, words = changes.month, TERMS[term.key]
    return ListPage(
        title=_("%(month)s%(term)s") % {"month": month_said(month), "term": words},
        lead=_("%(n)s 户，本月比上月变动合计见末行。") % {"n": f"{term.households:,}"},
        table=Table(
            heads(_("户编号"), _("村社区"), "#" + _("上月（元）"), "#" + _("本月（元）"), "#" + _("变动（元）")), rows,
            [Cell(_("合计 %(n)s 户") % {"n": f"{term.households:,}"}), Cell(""), Cell(""), Cell(""), money(term.fen)],
            _("本月没有%(term)s。") % {"term": words}, _("%(term)s名单") % {"term": words},
        ),
        crumbs=[
            _up(month),
            Crumb(month_said(month), reverse("pay-run", args=[f"{month:%Y-%m}"])), Crumb(words),
        ],
    )  # fmt: skip
