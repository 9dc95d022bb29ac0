"""暂缓发放: what is held back and why; another officer lets it go with the next file, or it ends by a decision."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.kernel.money import yuan_text
from opendibao.payment.hold_queries import HoldRow, holds
from opendibao.payment.holds import cancel_hold, release_hold
from opendibao.web.access import PAYERS, may, takes_a_form
from opendibao.web.act_fields import ActForm, Words
from opendibao.web.acts import Act, Done, answer
from opendibao.web.context import today_in_county
from opendibao.web.labels import HOLDS
from opendibao.web.payment.run_asked import Run, month_said, officer, run_asked, way
from opendibao.web.places import places
from opendibao.web.tables import Crumb

NOTE = 200
Settle = Callable[..., object]


class NoteForm(ActForm):
    """What was found out."""

    note = Words(gettext_lazy("说明"), NOTE, rows=2, hint=gettext_lazy("写清查到什么、依据是什么"))


def run_holds(request: HttpRequest, month: str) -> HttpResponse:
    """What a run holds back, and what former runs still hold."""
    run, names = run_asked(month), places()
    own = holds(run.pk)
    former = [row for row in holds(is_open=True) if row.run_id != run.pk]
    shown = {
        "run": run, "month": run.month, "may_settle": may(request, PAYERS), "name": officer(request),
        "own": [(row, names.full(row.division), HOLDS[row.outcome]) for row in own],
        "former": [(row, names.full(row.division), HOLDS[row.outcome]) for row in former],
        "fen": sum(row.fen for row in own), "open_fen": sum(row.fen for row in own if not row.outcome),
        "crumbs": [*way(month), Crumb(_("暂缓发放"))],
    }  # fmt: skip
    return render(request, "web/run_holds.html", shown)


@takes_a_form
def released_hold(request: HttpRequest, month: str, hold_id: int) -> HttpResponse:
    """解除暂缓."""
    row = _hold(run_asked(month), hold_id)
    own = row.held_by == officer(request)
    return _settled(
        request, month, row, release_hold, _("解除暂缓"), _("已解除，下一个代发文件里发放。"),
        _("这一户是您暂缓的，请另一人核实后解除。") if own and not row.outcome else "",
        _("解除后这笔钱进下一个代发文件，按当时的账户发放。"),
    )  # fmt: skip


@takes_a_form
def cancelled_hold(request: HttpRequest, month: str, hold_id: int) -> HttpResponse:
    """不再发放."""
    row = _hold(run_asked(month), hold_id)
    return _settled(
        request, month, row, cancel_hold, _("不再发放"), _("已记为不再发放，钱退回预算。"), "",
        _("只有决定不再给这个月，或查实已故的，才能不再发放；不是的请用“解除”。"),
    )  # fmt: skip


def _hold(run: Run, hold_id: int) -> HoldRow:
    """The hold. Raises Http404 where the run has none of this number."""
    found = next((row for row in holds(run.pk) if row.id == hold_id), None)
    if found is None:
        raise Http404(f"这个批次里没有暂缓 {hold_id}")
    return found


def _settled(
    request: HttpRequest, month: str, row: HoldRow, settle: Settle, title: str, said: str, closed: str, note: str
) -> HttpResponse:
    def do(given: Mapping[str, Any], at: datetime) -> Done:
        settle(row.id, note=given["note"], on=today_in_county(), at=at)
        return Done(reverse("run-holds", args=[month]), said)

    if row.outcome:
        closed = _("这一户已由%(who)s在 %(day)s 办过：%(outcome)s。") % {
            "who": row.settled_by, "day": row.settled_on, "outcome": HOLDS[row.outcome],
        }  # fmt: skip
    return answer(
        request,
        Act(
            title=_("%(title)s：%(who)s") % {"title": title, "who": row.head or row.household}, button=title,
            form=NoteForm, do=do, subject=f"家庭 {row.household}", facts=_facts(row), closed=closed, notes=[note],
            way=[*way(month), Crumb(_("暂缓发放"), reverse("run-holds", args=[month]))],
        ),
    )  # fmt: skip


def _facts(row: HoldRow) -> Sequence[tuple[str, str]]:
    return [
        (_("家庭"), f"{row.head or ''} {row.household} {places().full(row.division)}".strip()),
        (_("发放月"), month_said(row.month)),
        (_("金额"), _("%(yuan)s 元") % {"yuan": yuan_text(row.fen, grouped=True)}), (_("暂缓原因"), row.reason),
        (_("暂缓"), f"{row.held_by} {row.held_on}"),
    ]  # fmt: skip
