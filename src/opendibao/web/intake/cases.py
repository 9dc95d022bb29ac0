"""案件名单: whose turn it is, what is missing, what is late; by number from a paper's code; as a workbook."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.intake.case_list import case_after, cases_count, listed_cases, number_in
from opendibao.intake.queries import CaseRow, case_by_number, case_file
from opendibao.intake.states import ENDED
from opendibao.registry.queries import cards
from opendibao.web.context import today_in_county
from opendibao.web.intake.case_asking import VIEWS, CaseQuestion, asked_cases, case_question, due_days
from opendibao.web.intake.case_tabs import case_tabs
from opendibao.web.labels import CASE_KINDS, CASE_STATES, CHANNELS
from opendibao.web.paging import pager
from opendibao.web.places import own_villages, places
from opendibao.web.table_files import table_file
from opendibao.web.tables import Cell, Choice, Choices, Table, day, heads, household, text
from opendibao.web.viewing import Viewer

TONES = {"returned": "warn", "reported": "warn", "confirmed": "ok", "kept": "ok"}


def cases(request: HttpRequest) -> HttpResponse:
    """The list; a case's number typed or scanned goes straight to its page."""
    viewer, today = _viewer(request), today_in_county()
    question = case_question(request, viewer)
    if (number := number_in(question.words)) and (found := case_by_number(number)):
        return redirect("case", found.id)
    asked = asked_cases(question, viewer, today)
    page = pager(request, cases_count(asked))
    first = next(iter(listed_cases(asked, limit=1)), None)
    shown = {
        "question": question,
        "tabs": case_tabs("cases"),
        "views": _views(question),
        "villages": own_villages(request),
        "states": CASE_STATES.items(),
        "kinds": CASE_KINDS.items(),
        "table": _table(listed_cases(asked, offset=page.offset), today),
        "pager": page,
        "export": reverse("cases-file") + question.but(),
        "first": reverse("case", args=[first.id]) if first and asked.is_open else "",
    }
    return render(request, "web/cases.html", shown)


def cases_file(request: HttpRequest) -> HttpResponse:
    """The whole list as a workbook."""
    viewer, today = _viewer(request), today_in_county()
    question = case_question(request, viewer)
    rows = listed_cases(asked_cases(question, viewer, today), limit=None)
    name = _("案件名单 %(view)s %(day)s") % {"view": VIEWS[question.view][0], "day": today}
    return table_file(name, _table(rows, today))


def next_case(request: HttpRequest, case_id: int) -> HttpResponse:
    """The case after this one among those whose turn it is; at the end the list."""
    viewer, file = _viewer(request), case_file(case_id)
    if file is None:
        raise Http404(f"没有案件 {case_id}")
    found = case_after(asked_cases(CaseQuestion("mine"), viewer, today_in_county()), case_id, file.applied_on)
    return HttpResponseRedirect(reverse("case", args=[found]) if found else reverse("cases"))


def _viewer(request: HttpRequest) -> Viewer:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    return viewer


def _views(question: CaseQuestion) -> Choices:
    options = [
        Choice(str(words), question.but(view=name), name == question.view) for name, (words, _states) in VIEWS.items()
    ]
    return Choices(_("看哪些案件"), options)


def _table(rows: Sequence[CaseRow], today: date) -> Table:
    known, due = cards([row.household_id for row in rows]), due_days(today, [row.id for row in rows])
    names = places()
    cells = [
        [Cell(row.number, reverse("case", args=[row.id])),
         text(known[row.household_id].head if row.household_id in known else ""),
         household(known[row.household_id].number) if row.household_id in known else text(""),
         text(names.full(row.division)), Cell(CASE_KINDS[row.kind]), Cell(CHANNELS[row.channel]),
         _state(row), day(row.applied_on), day(row.accepted_on), _due(row, due, today)]
        for row in rows
    ]  # fmt: skip
    named = heads(
        "!" + _("案号"), "!" + _("户主"), "!" + _("户编号"), _("村社区"), "!" + _("种类"), "!" + _("渠道"),
        "!" + _("状态"), "!" + _("申请"), "!" + _("受理"), "!" + _("下一步期限"),
    )  # fmt: skip
    return Table(
        named, cells, caption=_("案件"), nothing=_("这里没有案件"),
        empty=_("登记申请后，案件会列在这里；换一个看法或条件再看。"),
    )  # fmt: skip


def _state(row: CaseRow) -> Cell:
    return Cell(CASE_STATES[row.state], tone=TONES.get(row.state, ""))


def _due(row: CaseRow, due: Mapping[int, date], today: date) -> Cell:
    """The day of the next step; too late is said, an ended case says when it ended."""
    if row.state in ENDED:
        return Cell(_("%(day)s 办结") % {"day": row.closed_on}) if row.closed_on else text("")
    by = due.get(row.id)
    if by is None:
        return text("")
    return Cell(_("%(day)s 逾期") % {"day": by}, tone="bad") if by < today else Cell(str(by))
