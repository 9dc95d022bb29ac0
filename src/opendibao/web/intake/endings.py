"""不受理和终止: a case ends before its decision: on a ground of the law, taken back, or without co-operation."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.intake.ending import REASON_LENGTH, discontinue_case, not_accept_case, withdraw_case
from opendibao.intake.paper_lists import grounds
from opendibao.intake.queries import CaseFile
from opendibao.intake.states import NEXT, CaseState
from opendibao.kernel.duties import Duty
from opendibao.web.access import takes_a_form
from opendibao.web.act_fields import ActForm, Day, Pick, Words
from opendibao.web.acts import Act, Done, answer
from opendibao.web.context import today_in_county
from opendibao.web.intake.acceptance import CLERKS
from opendibao.web.intake.case_ways import (
    case_facts,
    closed_unless,
    done_at,
    found_case,
    state_now,
    subject_of,
    way_to_case,
)

ENDERS = frozenset({Duty.ACCEPT, Duty.REVIEW, Duty.CONFIRM})
TAKEN_BACK = tuple(state.value for state, then in NEXT.items() if CaseState.WITHDRAWN in then)
REFUSABLE = tuple(state.value for state, then in NEXT.items() if CaseState.NOT_ACCEPTED in then)
DISCONTINUED = tuple(state.value for state, then in NEXT.items() if CaseState.DISCONTINUED in then)


class EndForm(ActForm):
    """When and why."""

    ended_on = Day(gettext_lazy("日期"))
    reason = Words(gettext_lazy("理由"), REASON_LENGTH, rows=3, hint=gettext_lazy("200 字以内，写进给家庭的告知书"))


def _refuse_form() -> type[ActForm]:
    class RefuseForm(EndForm):
        """The ground of the law."""

        ground = Pick(gettext_lazy("不予受理的情形"), {key: one.zh for key, one in grounds().items()})
        field_order = ("ended_on", "ground", "reason")

    return RefuseForm


@takes_a_form
def refused_case(request: HttpRequest, case_id: int) -> HttpResponse:
    """不予受理."""
    file = found_case(case_id)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        not_accept_case(case_id, ground=given["ground"], reason=given["reason"], on=given["ended_on"], at=at)
        return done_at(file, _("已登记不予受理；告知书写好了，请打印送达。"), "letters")

    notes = [_("只有列出的情形可以不予受理；材料不齐不是不受理的理由，请一次性告知补正。")]
    return answer(
        request,
        Act(
            title=_("不予受理"), button=_("不予受理，写告知书"), form=_refuse_form(), do=do, way=way_to_case(file),
            subject=subject_of(file), values=lambda: state_now(case_id), initial={"ended_on": today_in_county()},
            facts=case_facts(file), closed=closed_unless(file, *REFUSABLE), notes=notes,
        ),
    )  # fmt: skip


@takes_a_form
def withdrawn_case(request: HttpRequest, case_id: int) -> HttpResponse:
    """撤回申请."""
    return _ended(
        request, case_id, withdraw_case, TAKEN_BACK, title=_("撤回申请"), button=_("登记撤回"),
        said=_("已登记撤回；家庭随时可以再申请。"), note=_("家庭自己不想申请了才是撤回；家庭不配合的，办“终止办理”。"),
    )  # fmt: skip


@takes_a_form
def discontinued_case(request: HttpRequest, case_id: int) -> HttpResponse:
    """终止办理."""
    return _ended(
        request, case_id, discontinue_case, DISCONTINUED, title=_("终止办理"), button=_("终止办理，写告知书"),
        said=_("已终止办理；告知书写好了，请打印送达。"),
        note=_("家庭无正当理由拒不配合的，可以终止（57号第二十九条）；写清哪一天请过、怎样拒绝的。"),
    )  # fmt: skip


def _ended(
    request: HttpRequest, case_id: int, act: Callable[..., object], states: Sequence[str], *,
    title: str, button: str, said: str, note: str,
) -> HttpResponse:  # fmt: skip
    """The form that ends a case on a day for a reason."""
    file = found_case(case_id)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        act(case_id, reason=given["reason"], on=given["ended_on"], at=at)
        return done_at(file, said, "letters")

    return answer(
        request,
        Act(
            title=title, button=button, form=EndForm, do=do, way=way_to_case(file), subject=subject_of(file),
            values=lambda: state_now(case_id), initial={"ended_on": today_in_county()}, facts=case_facts(file),
            closed=closed_unless(file, *states), notes=[note],
        ),
    )  # fmt: skip


def ending_ways(file: CaseFile) -> list[tuple[str, str, frozenset[Duty]]]:
    """How a case can be ended before its decision: (words, address, whose duty)."""
    ways = (
        (_("不予受理"), "refuse-case", CLERKS, REFUSABLE), (_("撤回申请"), "withdraw-case", CLERKS, TAKEN_BACK),
        (_("终止办理"), "discontinue-case", ENDERS, DISCONTINUED),
    )  # fmt: skip
    return [(words, reverse(name, args=[file.id]), who) for words, name, who, states in ways if file.state in states]
