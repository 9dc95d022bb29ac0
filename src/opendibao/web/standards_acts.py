"""改一个数: a change of a number of the law is drafted, approved by another officer, or withdrawn."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.rulemaking.actions import ChangeRefused, approve_change, draft_change, parse_value, withdraw_change
from opendibao.rulemaking.queries import ChangeRow
from opendibao.web.access import takes_a_form
from opendibao.web.act_fields import ActForm, Day, Pick, Words
from opendibao.web.acts import Act, Done, answer
from opendibao.web.context import today_in_county
from opendibao.web.standards_changes import STATES, found_change, is_open, values_of
from opendibao.web.standards_law import amount_words, pack_in_county
from opendibao.web.standards_one import rows_of
from opendibao.web.tables import Crumb

SOURCE_LENGTH = REASON_LENGTH = 200
VALUE_LENGTH = 20
CHECKED = {"yes": gettext_lazy("和原文逐字核对过"), "no": gettext_lazy("没有核对，是演示或暂用的数")}


class ComingDay(Day):
    """A day that is still to come."""

    def stand(self, today: date) -> None:
        """Be told today; the calendar of the browser offers days after it."""
        self.today = today
        self.widget.attrs["min"] = (today + timedelta(days=1)).isoformat()

    def validate(self, value: Any) -> None:
        """Refuse a day that has begun: what was paid stays as it was."""
        if value <= self.today:
            said = _("“%(label)s”%(day)s 已经开始，只能从今天（%(today)s）以后起；以前的要补发，另走补发")
            raise ValidationError(said % {"label": self.label, "day": value, "today": self.today})


class DraftForm(ActForm):
    """The new number, from when, by which document, and why."""

    value = Words(
        gettext_lazy("改成"), VALUE_LENGTH, hint=gettext_lazy("金额写元，如 700；份额写小数，0.2 是 20%；其余写整数")
    )
    since = ComingDay(gettext_lazy("从哪天起"), hint=gettext_lazy("已经过去的日子不能改"))
    source = Words(gettext_lazy("依据"), SOURCE_LENGTH, hint=gettext_lazy("文件名称和文号、第几条"))
    checked = Pick(gettext_lazy("核对"), CHECKED)
    reason = Words(gettext_lazy("为什么改"), REASON_LENGTH, rows=2)
    path = ""

    def clean_value(self) -> int:
        """In the number's own unit. Raises ValidationError naming the number and how to write it."""
        try:
            return parse_value(self.path, self.cleaned_data["value"])
        except ChangeRefused as refusal:
            raise ValidationError(str(refusal)) from None


class StepForm(ActForm):
    """Nothing to fill in: who presses takes the step in his name."""


class WithdrawForm(ActForm):
    """Why it is withdrawn."""

    reason = Words(gettext_lazy("为什么撤回"), REASON_LENGTH, rows=2)


@takes_a_form
def drafted_change(request: HttpRequest, path: str) -> HttpResponse:
    """起草."""
    rows = rows_of(pack_in_county(), path)
    if not rows or rows[0].unit == "word":
        raise Http404(f"没有“{path}”这个可以改的数")
    known, page = rows[0], reverse("standard", args=[path])

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        made = draft_change(
            path, since=given["since"], value=given["value"], source=given["source"],
            reason=given["reason"], is_verified=given["checked"] == "yes", at=at,
        )  # fmt: skip
        said = _("已起草，请另一名审核确认人员批准。")
        return Done(reverse("change", args=[made.pk]), said)

    now = pack_in_county().find(path, today_in_county())
    return answer(
        request,
        Act(
            title=_("改“%(zh)s”") % {"zh": known.zh}, button=_("起草"), form=_draft_of(path), do=do,
            way=[Crumb(_("规则与标准"), reverse("standards")), Crumb(known.zh, page)],
            facts=[(_("现在是"), amount_words(now.value, now.unit) if now else _("没有"))],
            notes=[_("起草后由另一个人批准，再排定；排定前要过全部例题。")],
        ),
    )  # fmt: skip


def _draft_of(path: str) -> type[DraftForm]:
    """The form of one number: it knows in which unit the number is typed."""
    return type("DraftForm", (DraftForm,), {"path": path})


@takes_a_form
def approved_change(request: HttpRequest, change_id: int) -> HttpResponse:
    """批准."""
    row = found_change(change_id)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        approve_change(change_id, at=at)
        return Done(reverse("change", args=[change_id]), _("已批准，可以排定。"))

    return answer(
        request,
        Act(
            title=_("批准改动"), button=_("批准"), form=StepForm, do=do, way=way_of(row), subject=subject_of(row),
            facts=facts_of(row), closed="" if row.state == "draft" else closed_of(row),
            notes=[_("请先对照依据的原文，核对数值、起始日和条款。")],
        ),
    )  # fmt: skip


@takes_a_form
def withdrawn_change(request: HttpRequest, change_id: int) -> HttpResponse:
    """撤回."""
    row = found_change(change_id)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        withdraw_change(change_id, reason=given["reason"], at=at)
        return Done(reverse("change", args=[change_id]), _("已撤回。"))

    return answer(
        request,
        Act(
            title=_("撤回改动"), button=_("撤回"), form=WithdrawForm, do=do, way=way_of(row), subject=subject_of(row),
            facts=facts_of(row), closed="" if is_open(row) else closed_of(row),
        ),
    )  # fmt: skip


def subject_of(row: ChangeRow) -> str:
    """The audit's name of what is changed."""
    return f"参数 {row.path}"


def way_of(row: ChangeRow) -> list[Crumb]:
    """The way to a change's page."""
    page = reverse("change", args=[row.pk])
    return [
        Crumb(_("规则与标准"), reverse("standards")),
        Crumb(_("改动"), reverse("standards-changes")),
        Crumb(row.zh, page),
    ]  # fmt: skip


def facts_of(row: ChangeRow) -> list[tuple[str, str]]:
    """What a change says, above its forms."""
    before, after = values_of(row)
    return [
        (_("改什么"), row.zh), (_("原来"), before.text), (_("改成"), after.text), (_("从哪天起"), str(row.since)),
        (_("依据"), row.source), (_("为什么改"), row.reason), (_("起草"), row.drafted_by),
    ]  # fmt: skip


def closed_of(row: ChangeRow) -> str:
    """Why a step cannot be taken any more."""
    return _("这个改动%(state)s，不能再办这一步。") % {"state": STATES[row.state]}
