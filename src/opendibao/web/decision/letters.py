"""告知书: which letters wait for delivery, one letter as the family reads it, its sentence and its delivery."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.audit.actions import record_view
from opendibao.decision.letter_queries import (
    LetterFile,
    letter_file,
    letters_waiting,
    letters_waiting_count,
    not_voidable,
)
from opendibao.decision.letters import deliver_decision, note_letter
from opendibao.decision.queries import decisions_of
from opendibao.intake.queries import case_file
from opendibao.registry.queries import heads_of
from opendibao.reviews.entries import schedule_delivered
from opendibao.web.access import CONFIRMERS, may, takes_a_form
from opendibao.web.act_fields import ActForm, Day, Pick, Words
from opendibao.web.acts import Act, Done, answer
from opendibao.web.clock import now_in_county, today_in_county
from opendibao.web.decision.approval_access import DELIVERERS
from opendibao.web.decision.approval_words import days_said
from opendibao.web.labels import DECISIONS, DELIVERIES
from opendibao.web.paging import pager
from opendibao.web.places import places
from opendibao.web.tables import Cell, Crumb, ListPage, Table, day, heads, money, text

NAME, NOTE = 60, 300


class NoteForm(ActForm):
    """One sentence in the officer's own words."""

    note = Words(
        gettext_lazy("补充一句"), NOTE, rows=3, needed=False,
        hint=gettext_lazy("用家里人听得懂的话，例如去哪里再申请别的救助；留空就不补充"),
    )  # fmt: skip


class DeliveryForm(ActForm):
    """How it reached the family."""

    on = Day(gettext_lazy("送达日期"))
    how = Pick(gettext_lazy("送达方式"), DELIVERIES)
    receiver = Words(gettext_lazy("签收人"), NAME, hint=gettext_lazy("邮寄的写回执上的签收人"))


def letters(request: HttpRequest) -> HttpResponse:
    """Letters that wait for delivery, refusals first."""
    found, today, names = pager(request, letters_waiting_count()), today_in_county(), places()
    files = letters_waiting(offset=found.offset)
    heads_by = heads_of([row.household for row in files])
    may_deliver = may(request, DELIVERERS)
    rows = [
        [Cell(heads_by.get(row.household, row.household), reverse("decision-letter", args=[row.decision_id])),
         text(names.full(row.division)), text(DECISIONS[row.kind]), day(row.decided_on), _due(row, today),
         money(row.amount_fen) if row.amount_fen else text(""),
         Cell(_("登记送达"), reverse("deliver-decision", args=[row.decision_id])) if may_deliver else text("")]
        for row in files
    ]  # fmt: skip
    table = Table(
        heads(_("家庭"), _("村社区"), _("决定"), "!" + _("决定日期"), "!" + _("送达期限"), "#" + _("每月（元）"),
              "!" + _("办理")), rows,
        caption=_("等送达的告知书"), nothing=_("没有等送达的告知书"),
        empty=_("作出决定以后，告知书会列在这里，送到家再登记签收。"),
    )  # fmt: skip
    lead = _("%(n)s 份。不予确认的要在 3 个工作日内书面告知（57号第二十一条），排在前面。") % {"n": f"{found.rows:,}"}
    page = ListPage(_("告知书"), lead, table, crumbs=[])
    return render(request, "web/rows.html", {"page": page, "pager": found})


def _due(row: LetterFile, today: Any) -> Cell:
    due = row.due_on
    if due is None:
        return text("")
    said = f"{due} {days_said(due, today)}"
    return Cell(said, tone="bad" if due < today else "warn")


def _known(decision_id: int) -> LetterFile:
    found = letter_file(decision_id)
    if found is None:
        raise Http404(f"没有决定 {decision_id} 的告知书")
    return found


def decision_letter(request: HttpRequest, decision_id: int) -> HttpResponse:
    """One letter: its text, the officer's sentence, how it reached the family."""
    file, today = _known(decision_id), today_in_county()
    record_view(file.household, file.division, "告知书", at=now_in_county())
    is_waiting = file.delivered_on is None and file.voided_on is None
    title, *lines = file.text.splitlines()
    return render(request, "web/decision_letter.html", {
        "letter": file, "kind": DECISIONS[file.kind], "title": title, "lines": lines,
        "how": DELIVERIES[file.delivered_how] if file.delivered_how else "",
        "head": heads_of([file.household]).get(file.household, file.household), "place": places().full(file.division),
        "due": file.due_on, "days": days_said(file.due_on, today) if file.due_on and is_waiting else "",
        "is_late": bool(file.due_on and file.due_on < today and is_waiting),
        "may_note": is_waiting and may(request, CONFIRMERS), "may_deliver": is_waiting and may(request, DELIVERERS),
        "may_void": may(request, CONFIRMERS) and not not_voidable(decision_id, today),
        "crumbs": [Crumb(_("告知书"), reverse("letters")), Crumb(file.number)],
    })  # fmt: skip


def case_decision(request: HttpRequest, case_id: int) -> HttpResponse:
    """The letter of a case's decision that holds, wherever its number was found."""
    file = case_file(case_id)
    rows = decisions_of(file.household_id) if file else []
    valid = next((row for row in rows if row.case_id == case_id and row.voided_on is None), None)
    if valid is None:
        raise Http404(f"案件 {case_id} 还没有决定")
    return redirect("decision-letter", valid.pk)


def _way(file: LetterFile) -> list[Crumb]:
    return [
        Crumb(_("告知书"), reverse("letters")),
        Crumb(file.number, reverse("decision-letter", args=[file.decision_id])),
    ]


def _now(decision_id: int) -> dict[str, str]:
    found = letter_file(decision_id)
    return {"note": found.note, "receiver": found.receiver} if found else {}


def _closed(file: LetterFile) -> str:
    if file.voided_on:
        return _("这个决定已在 %(day)s 撤销，告知书作废。") % {"day": file.voided_on}
    if file.delivered_on:
        return _("这份告知书已在 %(day)s 由%(who)s签收。") % {"day": file.delivered_on, "who": file.receiver}
    return ""


@takes_a_form
def noted_letter(request: HttpRequest, decision_id: int) -> HttpResponse:
    """补充说明."""
    file = _known(decision_id)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        note_letter(decision_id, note=given["note"], at=at)
        return Done(reverse("decision-letter", args=[decision_id]), _("补充的一句已写进告知书。"))

    return answer(
        request,
        Act(
            title=_("补充告知书"), button=_("保存这一句"), form=NoteForm, do=do, way=_way(file),
            subject=f"告知书 {file.number}", values=lambda: _now(decision_id), initial={"note": file.note},
            facts=[(_("告知书"), file.text.splitlines()[0])],
            notes=[_("结果、金额、理由、条款和救济办法由决定写出，不能改；这里只补一句话。")], closed=_closed(file),
        ),
    )  # fmt: skip


@takes_a_form
def delivered_letter(request: HttpRequest, decision_id: int) -> HttpResponse:
    """登记送达."""
    file = _known(decision_id)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        deliver_decision(decision_id, how=given["how"], receiver=given["receiver"], on=given["on"], at=at)
        said = _("已登记送达：%(number)s，%(who)s签收。") % {"number": file.number, "who": given["receiver"]}
        if count := schedule_delivered(decision_id, at=at):
            said += _("已排好 %(n)s 次定期复核。") % {"n": count}
        return Done(reverse("decision-letter", args=[decision_id]), said)

    return answer(
        request,
        Act(
            title=_("登记送达"), button=_("登记送达"), form=DeliveryForm, do=do, way=_way(file),
            subject=f"告知书 {file.number}", values=lambda: _now(decision_id), initial={"on": today_in_county()},
            facts=[(_("告知书"), file.text.splitlines()[0]), (_("决定"), file.number)],
            notes=[_("签收以后决定不能再撤销，只能以新决定调整。")], closed=_closed(file),
        ),
    )  # fmt: skip
