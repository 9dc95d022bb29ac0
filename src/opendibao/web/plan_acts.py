"""方案办理: the plan is written, changed, taken back to a former version; its steps are done and undone."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from opendibao.evaluation.planning import (
    LONG,
    EvaluationPlan,
    Member,
    PlanEntry,
    PlanStep,
    Step,
    finish_step,
    plan,
    plan_subject,
    reopen_step,
    restore_plan,
    step,
    steps_of,
    write_plan,
)
from opendibao.web.access import takes_a_form
from opendibao.web.act_fields import ActForm, Day, Words
from opendibao.web.acts import Act, Done, answer
from opendibao.web.context import today_in_county
from opendibao.web.county import asked_of
from opendibao.web.plan import way_to_plan
from opendibao.web.plan_fields import Lines
from opendibao.web.tables import Crumb

REASON_LENGTH = 200
PEOPLE = (gettext_lazy("姓名"), gettext_lazy("单位"), gettext_lazy("分工"))
TIMES = (gettext_lazy("步骤"), gettext_lazy("开始"), gettext_lazy("结束"), gettext_lazy("负责"))


class PlanForm(ActForm):
    """The plan; team and timetable are lines."""

    purpose = Words(gettext_lazy("评价目的"), LONG, rows=3)
    scope = Words(gettext_lazy("评价范围"), LONG, rows=3, hint=gettext_lazy("评哪个项目、哪些人、哪段时间"))
    method = Words(gettext_lazy("评价方法"), LONG, rows=3)
    team = Lines(
        gettext_lazy("评价组"), PEOPLE, hint=gettext_lazy("一人一行：姓名，单位，分工。例：王某，民政局，组长")
    )
    timetable = Lines(
        gettext_lazy("时间安排"), TIMES, rows=8,
        hint=gettext_lazy("一步一行：步骤，开始，结束，负责。例：收集资料，2025-01-02，2025-01-10，王某"),
    )  # fmt: skip

    def clean_team(self) -> tuple[Member, ...]:
        """Who takes part. Raises ValidationError naming the line."""
        return tuple(Member(*cells) for cells in self._lines("team"))

    def clean_timetable(self) -> tuple[Step, ...]:
        """The steps. Raises ValidationError naming the line."""
        return tuple(
            Step(words, _day(first, number), _day(last, number), owner)
            for number, (words, first, last, owner) in enumerate(self._lines("timetable"), 1)
        )

    def _lines(self, name: str) -> list[tuple[str, ...]]:
        field: Lines = self.fields[name]  # type: ignore[assignment]
        return field.parts(self.cleaned_data[name])


class ChangedPlanForm(PlanForm):
    """A further version says why."""

    reason = Words(gettext_lazy("修改理由"), REASON_LENGTH, rows=2)


class ReasonForm(ActForm):
    """Why."""

    reason = Words(gettext_lazy("理由"), REASON_LENGTH, rows=2)


class FinishForm(ActForm):
    """When it was done."""

    on = Day(gettext_lazy("完成日期"))


def _day(said: str, number: int) -> date:
    try:
        return date.fromisoformat(said)
    except ValueError:
        text = _("“时间安排”第 %(n)d 步的“%(said)s”不是日期，应写成 2025-01-06 这样")
        raise ValidationError(text % {"n": number, "said": said}) from None


@takes_a_form
def written_plan(request: HttpRequest) -> HttpResponse:
    """制定方案."""
    question, county = asked_of(request), settings.OPENDIBAO_COUNTY
    former = plan(question.year, county)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        entry = PlanEntry(
            given["purpose"], given["scope"], given["method"], given["team"], given["timetable"],
            given.get("reason", ""),
        )  # fmt: skip
        made = write_plan(question.year, county, entry, at=at)
        return Done(_page(question.year), _("评价方案第 %(n)d 版已保存。") % {"n": made.version})

    title = _("修改 %(year)s 年度评价方案") if former else _("制定 %(year)s 年度评价方案")
    return answer(
        request,
        Act(
            title=title % {"year": question.year}, button=_("保存方案"), form=ChangedPlanForm if former else PlanForm,
            do=do, way=way_to_plan(question), subject=plan_subject(question.year),
            initial=_typed(former) if former else {},
            notes=[_("保存成新的一版，原来的可以恢复；步骤名称不变的，完成日期留着。")] if former else [],
        ),
    )  # fmt: skip


@takes_a_form
def restored_plan(request: HttpRequest, version: int) -> HttpResponse:
    """恢复旧版."""
    question, county = asked_of(request), settings.OPENDIBAO_COUNTY
    old, newest = plan(question.year, county, version=version), plan(question.year, county)
    if not version or old is None or newest is None:
        raise Http404(f"没有第{version}版方案")

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        made = restore_plan(question.year, county, version=version, reason=given["reason"], at=at)
        said = _("已照第 %(old)d 版恢复，现在是第 %(n)d 版。") % {"old": version, "n": made.version}
        return Done(_page(question.year), said)

    return answer(
        request,
        Act(
            title=_("恢复第 %(n)d 版方案") % {"n": version}, button=pgettext("按钮", "恢复"), form=ReasonForm, do=do,
            way=way_to_plan(question), subject=plan_subject(question.year), facts=_facts(old),
            closed=_("这就是现在的一版，不用恢复。") if old.pk == newest.pk else "",
        ),
    )  # fmt: skip


@takes_a_form
def finished_step(request: HttpRequest, step_id: int) -> HttpResponse:
    """完成步骤."""
    found = _found(step_id)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        made = finish_step(step_id, on=given["on"], at=at)
        return Done(_page(found.plan.year), _("“%(step)s”已登记完成。") % {"step": made.step})

    closed = _("这一步已于 %(day)s 登记完成；登记错了可以撤销。") % {"day": found.done_on} if found.done_on else ""
    return answer(
        request,
        Act(
            title=_("登记完成"), button=_("登记完成"), form=FinishForm, do=do, way=_way(request, found),
            subject=plan_subject(found.plan.year), facts=_step_facts(found), closed=closed,
            initial={"on": today_in_county()},
        ),
    )  # fmt: skip


@takes_a_form
def reopened_step(request: HttpRequest, step_id: int) -> HttpResponse:
    """撤销完成."""
    found = _found(step_id)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        made = reopen_step(step_id, reason=given["reason"], at=at)
        return Done(_page(found.plan.year), _("“%(step)s”已改回没有完成。") % {"step": made.step})

    return answer(
        request,
        Act(
            title=_("撤销完成"), button=_("撤销完成"), form=ReasonForm, do=do, way=_way(request, found),
            subject=plan_subject(found.plan.year), facts=_step_facts(found),
            closed="" if found.done_on else _("这一步还没有登记完成，不用撤销。"),
        ),
    )  # fmt: skip


def _found(step_id: int) -> PlanStep:
    found = step(step_id)
    if found is None:
        raise Http404(f"没有步骤 {step_id}")
    return found


def _page(year: int) -> str:
    return reverse("plan") + f"?year={year}"


def _way(request: HttpRequest, found: PlanStep) -> list[Crumb]:
    return [Crumb(_("评价方案"), _page(found.plan.year))]


def _typed(former: EvaluationPlan) -> dict[str, str]:
    """The plan as one would type it."""
    return {
        "purpose": former.purpose, "scope": former.scope, "method": former.method,
        "team": _lines((one["name"], one["unit"], one["role"]) for one in former.team),
        "timetable": _lines((one.step, str(one.first), str(one.last), one.owner) for one in steps_of(former)),
    }  # fmt: skip


def _lines(rows: Any) -> str:
    return "\n".join(_("，").join(cells) for cells in rows)


def _facts(old: EvaluationPlan) -> Sequence[tuple[str, str]]:
    return [
        (_("评价目的"), old.purpose), (_("评价范围"), old.scope), (_("评价方法"), old.method),
        (_("时间安排"), _("%(n)d 步") % {"n": len(steps_of(old))}),
    ]  # fmt: skip


def _step_facts(found: PlanStep) -> Sequence[tuple[str, str]]:
    said = {"first": found.first, "last": found.last}
    return [
        (_("步骤"), found.step), (_("时间"), _("%(first)s 至 %(last)s") % said), (_("负责"), found.owner),
    ]  # fmt: skip
