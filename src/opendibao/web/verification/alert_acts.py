"""办预警的表: what the family said, what was seen, what the county decides; taking back, opening a case."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.decision.queries import decision_in_force
from opendibao.reviews.actions import open_review_case
from opendibao.verification.rematch.answering import (
    NAME_LENGTH,
    WORDS_LENGTH,
    explain_alert,
    return_alert,
    settle_alert,
    settle_as_another,
    tie_alerts,
    undo_alert,
    visit_alert,
)
from opendibao.verification.rematch.queries import AlertRow
from opendibao.verification.rematch.reasons import reasons_for
from opendibao.web.access import takes_a_form
from opendibao.web.act_fields import ActForm, Day, Pick, Words
from opendibao.web.acts import Act, Done, answer
from opendibao.web.clock import today_in_county
from opendibao.web.labels import DEPARTMENTS
from opendibao.web.verification.alert_one import known_alert, way_to
from opendibao.web.verification.alerts_words import ALERT_KINDS, ALERT_STATES, effect_words

Do = Callable[[Mapping[str, Any], datetime], object]
TRUTH = {"true": "confirmed", "false": "refuted"}


class ExplainForm(ActForm):
    """What the family says."""

    on = Day(gettext_lazy("听说明的日期"))
    words = Words(gettext_lazy("家庭的说明"), WORDS_LENGTH, rows=3, hint=gettext_lazy("谁说的、怎么说、交来什么凭证"))


class VisitForm(ActForm):
    """What two people saw."""

    on = Day(gettext_lazy("入户日期"))
    companion = Words(gettext_lazy("同去的人"), NAME_LENGTH, hint=gettext_lazy("入户要两人以上（57号第十六条）"))
    words = Words(gettext_lazy("看到的情况"), WORDS_LENGTH, rows=3)


class WordsForm(ActForm):
    """Why."""

    words = Words(gettext_lazy("说明"), WORDS_LENGTH, rows=3)


class SettleForm(ActForm):
    """The reason by code, and in words where the code is not enough; `reasons` is set for each end."""

    reasons: Mapping[str, str]
    words = Words(
        gettext_lazy("处置说明"), WORDS_LENGTH, rows=3, needed=False,
        hint=gettext_lazy("（选填）写看了什么、凭什么；理由后面注明要写的必须写"),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {"reason_code": Pick(_("理由"), self.reasons), **self.fields}


def _with_reasons(came_to: str) -> type[ActForm]:
    """The form with the reasons in use today."""
    named = {
        one.code: _("%(zh)s（要写说明）") % {"zh": one.zh} if one.needs_words else one.zh
        for one in reasons_for(came_to, today_in_county())
    }  # fmt: skip
    return type("SettleForm", (SettleForm,), {"reasons": named})


def _act(
    request: HttpRequest, row: AlertRow, *, title: str, form: type[ActForm], do: Do, said: str, closed: str = "",
    has_day: bool = False, notes: tuple[str, ...] = (),
) -> HttpResponse:  # fmt: skip
    """One act about a warning; it leads back to the warning."""

    def done(given: Mapping[str, Any], at: datetime) -> Done:
        do(given, at)
        return Done(reverse("alert", args=[row.id]), said)

    return answer(
        request,
        Act(
            title=title, button=title, form=form, do=done, way=way_to(row), subject=f"预警 {row.id}",
            values=lambda: _now(row.id), initial={"on": today_in_county()} if has_day else {}, facts=_facts(row),
            closed=closed, notes=notes,
        ),
    )  # fmt: skip


def _now(alert_id: int) -> dict[str, str]:
    row = known_alert(alert_id)
    return {"state": ALERT_STATES[row.state]}


def _facts(row: AlertRow) -> list[tuple[str, str]]:
    return [
        (_("预警"), ALERT_KINDS[row.kind]), (_("谁"), f"{row.person}（{row.household}）"),
        (_("来源"), DEPARTMENTS.get(row.source, row.source)), (_("核到"), row.words),
        (_("按规则的影响"), effect_words(row)), (_("现在"), ALERT_STATES[row.state]),
    ]  # fmt: skip


def _unless(row: AlertRow, *states: str) -> str:
    """Why an act is closed: the warning stands otherwise."""
    said = _("这条预警现在是“%(state)s”，不能这样办。")
    return "" if row.state in states else said % {"state": ALERT_STATES[row.state]}


@takes_a_form
def explained_alert(request: HttpRequest, alert_id: int) -> HttpResponse:
    """登记说明."""
    row = known_alert(alert_id)
    return _act(
        request, row, title=_("登记家庭的说明"), form=ExplainForm, has_day=True, said=_("已登记说明，等县局处置。"),
        do=lambda given, at: explain_alert(alert_id, words=given["words"], on=given["on"], at=at),
        closed=_unless(row, "open", "visited"),
    )  # fmt: skip


@takes_a_form
def visited_alert(request: HttpRequest, alert_id: int) -> HttpResponse:
    """登记入户."""
    row = known_alert(alert_id)
    return _act(
        request, row, title=_("登记入户核实"), form=VisitForm, has_day=True, said=_("已登记入户，等县局处置。"),
        do=lambda given, at: visit_alert(
            alert_id, words=given["words"], companion=given["companion"], on=given["on"], at=at
        ),
        closed=_unless(row, "open", "explained"),
    )  # fmt: skip


@takes_a_form
def settled_alert(request: HttpRequest, alert_id: int, truth: str) -> HttpResponse:
    """处置预警: true, or not."""
    row = known_alert(alert_id)
    if truth not in TRUTH:
        raise Http404(f"没有处置“{truth}”")
    is_true = truth == "true"
    said = _("已定为“%(state)s”。") % {"state": ALERT_STATES[TRUTH[truth]]}
    before = _("属实的：发放前核对会建议暂缓，乡镇可以立复核案件；钱停不停、减不减，由人另行决定。")
    return _act(
        request, row, title=_("处置：属实") if is_true else _("处置：不属实"),
        form=_with_reasons(TRUTH[truth]), said=said,
        do=lambda given, at: settle_alert(
            alert_id, is_true=is_true, reason_code=given["reason_code"], words=given["words"],
            on=today_in_county(), at=at,
        ),
        closed=_unless(row, "explained", "visited"), notes=(before,) if is_true else (),
    )  # fmt: skip


@takes_a_form
def returned_alert(request: HttpRequest, alert_id: int) -> HttpResponse:
    """退回再查."""
    row = known_alert(alert_id)
    return _act(
        request, row, title=_("退回再查"), form=WordsForm, said=_("已退回乡镇再查，期限不变。"),
        do=lambda given, at: return_alert(alert_id, words=given["words"], on=today_in_county(), at=at),
        closed=_unless(row, "explained", "visited"),
    )  # fmt: skip


@takes_a_form
def alert_of_another(request: HttpRequest, alert_id: int) -> HttpResponse:
    """不是本人."""
    row = known_alert(alert_id)
    return _act(
        request, row, title=_("不是本人"), form=_with_reasons("not_same"), said=_("已定为不是本人，以后不再报。"),
        do=lambda given, at: settle_as_another(
            alert_id, reason_code=given["reason_code"], words=given["words"], on=today_in_county(), at=at
        ),
        closed=_unless(row, "open", "explained", "visited"),
        notes=(_("部门的这条记录以后不再算在这个人名下。"),),
    )  # fmt: skip


@takes_a_form
def undone_alert(request: HttpRequest, alert_id: int) -> HttpResponse:
    """撤回."""
    row = known_alert(alert_id)
    return _act(
        request, row, title=_("撤回上一步"), form=WordsForm, said=_("已撤回。"),
        do=lambda given, at: undo_alert(alert_id, words=given["words"], on=today_in_county(), at=at),
        closed=_unless(row, "explained", "visited", "confirmed", "refuted", "not_same"),
    )  # fmt: skip


class OpenForm(ActForm):
    """Nothing is asked: the case begins with what the decision in force rests on."""


@takes_a_form
def opened_case(request: HttpRequest, alert_id: int) -> HttpResponse:
    """立复核案件: one click, on all confirmed warnings of the family."""
    row = known_alert(alert_id)
    decision = decision_in_force(row.household_id, today_in_county())

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        assert decision  # a closed form is never sent
        case = open_review_case(row.household_id, on=today_in_county(), at=at, declared=decision.facts)
        tie_alerts(row.household_id, case.pk, at=at)
        return Done(reverse("case", args=[case.pk]), _("已立复核案件，申报按原来的认定带出，请核对调查。"))

    closed = "" if row.state == "confirmed" and row.case_id is None else _("属实而还没有立案的预警才能立复核案件。")
    return answer(
        request,
        Act(
            title=_("立复核案件"), button=_("立复核案件"), form=OpenForm, do=do, way=way_to(row),
            subject=f"家庭 {row.household}", facts=_facts(row),
            closed=closed or ("" if decision else _("这一家今天没有在保的决定，不用立复核案件。")),
            notes=[_("这一家属实的预警都归到这个案件；增发、减发、停发由案件走完程序后决定（57号第三十一、三十二条）。")],
        ),
    )  # fmt: skip
