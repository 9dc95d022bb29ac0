"""整改办理: points are taken into the list, changed, closed and opened again by forms."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from opendibao.evaluation.rectifications import Rectification, rectification_subject, rectifications
from opendibao.evaluation.rectifying import (
    LONGEST,
    OWN,
    Point,
    change_rectification,
    close_rectification,
    reopen_rectification,
    take_points,
)
from opendibao.reporting.measures import proposed_points
from opendibao.web.access import takes_a_form
from opendibao.web.act_fields import ActForm, Day, Words
from opendibao.web.acts import Act, Done, answer
from opendibao.web.context import today_in_county
from opendibao.web.county import asked_of
from opendibao.web.plan_fields import AnyDay, Several
from opendibao.web.receiving_words import way_to_rectifications
from opendibao.web.rectifications import found_rectification


class TakeForm(ActForm):
    """Which of the proposed points are taken in, all with one day."""

    points = Several(gettext_lazy("列入哪几条"))
    due_on = AnyDay(
        gettext_lazy("整改期限"), needed=True, hint=gettext_lazy("先给同一个期限，列入后可以逐条改措施、单位和期限")
    )
    offered: Sequence[Point] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        options = [(one.origin, f"{one.problem}（{one.owner}）") for one in self.offered]
        self.fields["points"].choices = options  # type: ignore[attr-defined]
        self.fields["points"].widget.attrs["class"] = "checks long-words"

    def clean_points(self) -> list[Point]:
        """The points that were ticked. Raises ValidationError where none was."""
        chosen = [one for one in self.offered if one.origin in self.cleaned_data["points"]]
        if not chosen:
            raise ValidationError(_("没有选要列入的问题，请至少选一条"))
        return chosen


class ChangeForm(ActForm):
    """Measure, owner and day."""

    measure = Words(gettext_lazy("整改措施"), LONGEST["measure"], rows=3)
    owner = Words(gettext_lazy("责任单位"), LONGEST["owner"])
    due_on = AnyDay(gettext_lazy("整改期限"), needed=True)
    reason = Words(gettext_lazy("理由"), LONGEST["outcome"], rows=2, hint=gettext_lazy("为什么改；原来写的留在经过里"))


class PointForm(ActForm):
    """A point with its problem."""

    problem = Words(gettext_lazy("问题"), LONGEST["problem"], rows=3, hint=gettext_lazy("列入后不能再改"))
    measure = Words(gettext_lazy("整改措施"), LONGEST["measure"], rows=3)
    owner = Words(gettext_lazy("责任单位"), LONGEST["owner"])
    due_on = AnyDay(gettext_lazy("整改期限"), needed=True)


class CloseForm(ActForm):
    """What was done, and when."""

    outcome = Words(
        gettext_lazy("整改结果"),
        LONGEST["outcome"],
        rows=3,
        hint=gettext_lazy("做了什么、看得到什么；会印在下一年度的报告里"),
    )
    on = Day(gettext_lazy("销号日期"))


class ReopenForm(ActForm):
    """Why it is not done after all."""

    reason = Words(gettext_lazy("理由"), LONGEST["outcome"], rows=2)


@takes_a_form
def taken_points(request: HttpRequest) -> HttpResponse:
    """列入整改: several proposed points at once."""
    year, county = asked_of(request).year, settings.OPENDIBAO_COUNTY
    offered = proposed_points(year, county)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        made = take_points(year, county, given["points"], due_on=given["due_on"], at=at)
        return Done(_page(year), _("已列入 %(n)d 条，措施和责任单位是拟的，请逐条核对。") % {"n": len(made)})

    return answer(
        request,
        Act(
            title=_("列入 %(year)s 年度整改") % {"year": year}, button=_("列入整改"),
            form=type("TakeForm", (TakeForm,), {"offered": offered}), do=do, way=way_to_rectifications(year),
            initial={"points": [one.origin for one in offered], "due_on": _day_by_default(year)},
            closed="" if offered else _("没有还要列入的：没有锁定的评价，或者该列的都已经在清单里。"),
        ),
    )  # fmt: skip


def _day_by_default(year: int) -> object:
    """What the rectification of the year has as its day already, if anything; else the officer picks one."""
    there = rectifications(year, settings.OPENDIBAO_COUNTY)
    days = [one.due_on for one in there if one.due_on >= today_in_county()]
    return max(days, default="")


@takes_a_form
def new_point(request: HttpRequest) -> HttpResponse:
    """列入整改: one point, drafted where it comes from the year (`?origin=`)."""
    year, county = asked_of(request).year, settings.OPENDIBAO_COUNTY
    origin = request.GET.get("origin", "")
    drafted = next((one for one in proposed_points(year, county) if one.origin == origin), None)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        point = Point(drafted.origin if drafted else OWN, given["problem"], given["measure"], given["owner"])
        made = take_points(year, county, [point], due_on=given["due_on"], at=at)[0]
        return Done(_page(year), _("已列入第 %(n)d 条。") % {"n": made.number})

    there = next((one for one in rectifications(year, county) if one.origin == origin), None)
    initial: dict[str, object] = {"due_on": _day_by_default(year)}
    if drafted:
        initial |= {"problem": drafted.problem, "measure": drafted.measure, "owner": drafted.owner}
    return answer(
        request,
        Act(
            title=_("列入 %(year)s 年度整改") % {"year": year}, button=_("列入整改"), form=PointForm, do=do,
            way=way_to_rectifications(year), initial=initial,
            closed=_("这条已经在清单里（第 %(n)d 条）。") % {"n": there.number} if there else "",
            notes=[_("措施和责任单位是拟的，请按实际改。")] if drafted else [],
        ),
    )  # fmt: skip


@takes_a_form
def changed_rectification(request: HttpRequest, rectification_id: int) -> HttpResponse:
    """修改整改."""
    found = found_rectification(rectification_id)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        change_rectification(
            rectification_id, measure=given["measure"], owner=given["owner"], due_on=given["due_on"],
            reason=given["reason"], at=at,
        )  # fmt: skip
        return Done(_page(found.year), _("已修改，原来的内容留在经过里。"))

    return answer(
        request,
        Act(
            title=_("修改整改第 %(n)d 条") % {"n": found.number}, button=_("保存修改"), form=ChangeForm, do=do,
            way=way_to_rectifications(found.year), subject=rectification_subject(found.pk),
            values=lambda: _values(found_rectification(rectification_id)),
            initial={"measure": found.measure, "owner": found.owner, "due_on": found.due_on},
            facts=[(_("问题"), found.problem)],
            closed=_("这条已经销号，请先恢复再修改。") if found.closed_on else "",
        ),
    )  # fmt: skip


@takes_a_form
def closed_rectification(request: HttpRequest, rectification_id: int) -> HttpResponse:
    """整改销号."""
    found = found_rectification(rectification_id)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        close_rectification(rectification_id, outcome=given["outcome"], on=given["on"], at=at)
        return Done(_page(found.year), _("第 %(n)d 条已销号。") % {"n": found.number})

    return answer(
        request,
        Act(
            title=_("整改第 %(n)d 条销号") % {"n": found.number}, button=_("销号"), form=CloseForm, do=do,
            way=way_to_rectifications(found.year), subject=rectification_subject(found.pk), facts=_facts(found),
            initial={"on": today_in_county()},
            closed=_("这条已于 %(day)s 销号。") % {"day": found.closed_on} if found.closed_on else "",
        ),
    )  # fmt: skip


@takes_a_form
def reopened_rectification(request: HttpRequest, rectification_id: int) -> HttpResponse:
    """恢复整改."""
    found = found_rectification(rectification_id)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        reopen_rectification(rectification_id, reason=given["reason"], at=at)
        return Done(_page(found.year), _("第 %(n)d 条已恢复为整改中。") % {"n": found.number})

    return answer(
        request,
        Act(
            title=_("恢复整改第 %(n)d 条") % {"n": found.number}, button=pgettext("按钮", "恢复"), form=ReopenForm,
            do=do, way=way_to_rectifications(found.year), subject=rectification_subject(found.pk),
            facts=[*_facts(found), (_("整改结果"), found.outcome)],
            closed="" if found.closed_on else _("这条还没有销号，不用恢复。"),
        ),
    )  # fmt: skip


def _page(year: int) -> str:
    return f"{reverse('rectifications')}?year={year}"


def _values(found: Rectification) -> dict[str, str]:
    return {"measure": found.measure, "owner": found.owner, "due_on": str(found.due_on)}


def _facts(found: Rectification) -> list[tuple[str, str]]:
    return [
        (_("问题"), found.problem), (_("整改措施"), found.measure), (_("责任单位"), found.owner),
        (_("整改期限"), str(found.due_on)),
    ]  # fmt: skip
