"""目标办理: goals are taken over, added, changed and moved on by forms."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.evaluation.goal_entry import (
    TEXT_LENGTH,
    UNIT_LENGTH,
    GoalEntry,
    add_goal,
    carry_over_goals,
    change_goal,
    move_goal,
    subject_of,
    take_over_goals,
)
from opendibao.evaluation.goals import programme
from opendibao.evaluation.queries import indicators, places
from opendibao.evaluation.states import GOAL_NEXT, GoalState
from opendibao.evaluation.year_goals import GoalRow, goals
from opendibao.web.access import takes_a_form
from opendibao.web.act_fields import ActForm, Pick, Words
from opendibao.web.acts import Act, Done, answer
from opendibao.web.county import asked_of
from opendibao.web.goals import found_goal, indicator_names, way_of
from opendibao.web.labels import GOAL_STATES, STAGES
from opendibao.web.plan_fields import AnyDay, Several

SOURCES = {"province": gettext_lazy("省里的目标"), "last_year": gettext_lazy("上一年还没有达到的目标")}


class TakeOverForm(ActForm):
    """From where the year's goals are taken to begin with."""

    source = Pick(gettext_lazy("从哪里套用"), SOURCES)
    unit = Words(
        gettext_lazy("责任单位"), UNIT_LENGTH, needed=False,
        hint=gettext_lazy("套用省里的目标时先都写这个单位，以后可以逐条改；接续上一年的不用填"),
    )  # fmt: skip


class GoalForm(ActForm):
    """A goal: what is wanted, how its reaching is seen, who sees to it by when, what measures it."""

    text = Words(gettext_lazy("目标"), TEXT_LENGTH, rows=2)
    milestone = Words(
        gettext_lazy("衡量标志"), TEXT_LENGTH, rows=2, needed=False,
        hint=gettext_lazy("怎样算达到：写上数字、日期，或“每月”“全部”“按期”。总体目标可以不填"),
    )  # fmt: skip
    unit = Words(gettext_lazy("责任单位"), UNIT_LENGTH, needed=False, hint=gettext_lazy("总体目标可以不填"))
    due_on = AnyDay(gettext_lazy("完成期限"), hint=gettext_lazy("还没有定的可以空着"))
    indicators = Several(gettext_lazy("对应指标"), hint=gettext_lazy("由哪几项指标衡量；先列本年指标表上的"))

    year = 0

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["indicators"].choices = _offered(self.year)  # type: ignore[attr-defined]


class NewGoalForm(GoalForm):
    """A further goal of one stage."""

    horizon = Pick(gettext_lazy("期限"), STAGES)
    field_order = ("horizon", "text", "milestone", "unit", "due_on", "indicators")


class MoveForm(ActForm):
    """How far the goal is, in a word and in words."""

    state = Pick(gettext_lazy("进展"), GOAL_STATES)
    progress = Words(
        gettext_lazy("进展说明"),
        TEXT_LENGTH,
        rows=3,
        hint=gettext_lazy("做到哪一步、为什么、下一步；会印在绩效目标表上"),
    )
    now = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        able = {self.now, *GOAL_NEXT[GoalState(self.now)]}
        picked = [(state, words) for state, words in GOAL_STATES.items() if state in able]
        self.fields["state"].choices = picked  # type: ignore[attr-defined]


def _offered(year: int) -> list[tuple[str, list[tuple[str, str]]]]:
    """Indicators to choose from: those of the year's sheet in its order, then the others."""
    known, on_sheet = indicators(), places(year, settings.OPENDIBAO_COUNTY)
    first = [(code, known[code].name) for code in sorted(on_sheet, key=on_sheet.__getitem__) if code in known]
    others = [(code, one.name) for code, one in known.items() if code not in on_sheet]
    return [(_("本年指标表"), first), (_("指标库里其他的"), others)] if first else [(_("指标库"), others)]


def _of_year(form: type[GoalForm], year: int) -> type[GoalForm]:
    return type(form.__name__, (form,), {"year": year})


@takes_a_form
def taken_over_goals(request: HttpRequest) -> HttpResponse:
    """套用目标."""
    year, county = asked_of(request).year, settings.OPENDIBAO_COUNTY

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        if given["source"] == "province":
            made = take_over_goals(year, county, unit=given["unit"], at=at)
        else:
            made = carry_over_goals(year, county, at=at)
        said = _("已套用 %(n)d 条，请逐条核对责任单位、期限和对应指标。") % {"n": len(made)}
        return Done(_page(year), said)

    there = len(goals(year, county))
    closed = _("%(year)s 年度已经有 %(n)d 条目标，不能再整批套用；请逐条添加或修改。") % {"year": year, "n": there}
    return answer(
        request,
        Act(
            title=_("套用 %(year)s 年度绩效目标") % {"year": year}, button=_("套用"), form=TakeOverForm, do=do,
            way=way_of(year), initial={"unit": programme(county).department, "source": "province"},
            closed=closed if there else "", notes=[_("套用后目标就是本县本年自己的，可以改、可以添。")],
        ),
    )  # fmt: skip


@takes_a_form
def new_goal(request: HttpRequest) -> HttpResponse:
    """添加目标."""
    year = asked_of(request).year

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        made = add_goal(year, settings.OPENDIBAO_COUNTY, _entry(given, given["horizon"]), at=at)
        return Done(_page(year), _("已添加：%(text)s") % {"text": made.text})

    return answer(
        request,
        Act(
            title=_("添加 %(year)s 年度绩效目标") % {"year": year}, button=_("添加"), form=_of_year(NewGoalForm, year),
            do=do, way=way_of(year),
        ),
    )  # fmt: skip


@takes_a_form
def changed_goal(request: HttpRequest, goal_id: int) -> HttpResponse:
    """修改目标."""
    found = found_goal(goal_id)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        change_goal(goal_id, _entry(given, found.horizon), at=at)
        return Done(_page(found.year), _("已修改，原来的内容留在这条目标的经过里。"))

    return answer(
        request,
        Act(
            title=_("修改目标"), button=_("保存修改"), form=_of_year(GoalForm, found.year), do=do,
            way=way_of(found.year), subject=subject_of(goal_id), values=lambda: _values(found_goal(goal_id)),
            initial={"text": found.text, "milestone": found.milestone, "unit": found.unit, "due_on": found.due_on,
                     "indicators": list(found.indicators)},
            facts=[(_("期限"), STAGES[found.horizon])],
            closed=_("这条目标已不再实行，请先恢复再修改。") if found.state == GoalState.DROPPED else "",
        ),
    )  # fmt: skip


@takes_a_form
def moved_goal(request: HttpRequest, goal_id: int) -> HttpResponse:
    """更新进展."""
    found = found_goal(goal_id)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        made = move_goal(goal_id, given["state"], progress=given["progress"], at=at)
        said = _("进展已改为“%(state)s”。") % {"state": GOAL_STATES[made.state]}
        return Done(_page(found.year), said)

    return answer(
        request,
        Act(
            title=_("更新进展"), button=_("保存进展"), form=type("MoveForm", (MoveForm,), {"now": found.state}), do=do,
            way=way_of(found.year), subject=subject_of(goal_id), values=lambda: _progress(found_goal(goal_id)),
            initial={"state": found.state, "progress": found.progress}, facts=_facts(found),
        ),
    )  # fmt: skip


def _entry(given: Mapping[str, Any], horizon: str) -> GoalEntry:
    return GoalEntry(
        horizon, given["text"], given["milestone"], given["unit"], given["due_on"], tuple(given["indicators"])
    )


def _page(year: int) -> str:
    return reverse("goals") + f"?year={year}"


def _values(found: GoalRow) -> dict[str, str]:
    return {
        "text": found.text, "milestone": found.milestone, "unit": found.unit, "due_on": str(found.due_on or ""),
        "indicators": _("、").join(indicator_names(found.indicators)),
    }  # fmt: skip


def _progress(found: GoalRow) -> dict[str, str]:
    return {"state": GOAL_STATES[found.state], "progress": found.progress}


def _facts(found: GoalRow) -> list[tuple[str, str]]:
    facts = [(_("目标"), found.text), (_("衡量标志"), found.milestone), (_("责任单位"), found.unit)]
    return [(words, said) for words, said in facts if said] + [(_("现在"), GOAL_STATES[found.state])]
