"""绩效目标页: the goals of a year stage by stage with what they stand at, the four principles, the table for print."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from opendibao.audit.queries import events_of
from opendibao.budget.queries import budget
from opendibao.evaluation.goal_entry import subject_of
from opendibao.evaluation.goal_table import GoalLine, lines_of, values_of
from opendibao.evaluation.goals import HORIZONS
from opendibao.evaluation.principles import principles
from opendibao.evaluation.queries import indicators, period, sheet
from opendibao.evaluation.states import GoalState
from opendibao.evaluation.year_goals import OVERALL, GoalRow, goal, goals_of_year, stage_labels
from opendibao.evaluation.year_goals import goals as goals_entered
from opendibao.web.access import EVALUATORS, may
from opendibao.web.asking import Asked
from opendibao.web.clock import COUNTY_TIME
from opendibao.web.context import today_in_county
from opendibao.web.county import asked_of
from opendibao.web.evaluation_tabs import evaluation_tabs
from opendibao.web.labels import GOAL_STATES, STAGES
from opendibao.web.tables import Cell, Choice, Choices, Crumb, Table, heads, text

TONES = {"planned": "", "under_way": "", "late": "bad", "reached": "ok", "dropped": ""}
PARTS = (
    ("goals", gettext_lazy("绩效目标")),
    ("plan", gettext_lazy("评价方案")),
    ("materials", gettext_lazy("评价资料")),
)
FIELDS = {
    "text": gettext_lazy("目标"), "milestone": gettext_lazy("衡量标志"), "unit": gettext_lazy("责任单位"),
    "due_on": gettext_lazy("完成期限"), "indicators": gettext_lazy("对应指标"),
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """A goal of the page: how it stands, in words and tone."""

    goal: GoalLine
    state: Cell
    is_late: bool
    is_overdue: bool


@dataclass(frozen=True)
class Stage:
    """The goals of one stretch of time."""

    label: str
    lines: Sequence[Line]


@dataclass(frozen=True)
class Told:
    """What was done to a goal: when, by whom, which fields from what to what, in which words."""

    at: datetime
    actor: str
    action: str
    words: str
    changes: Sequence[tuple[str, str, str]]


def goals(request: HttpRequest) -> HttpResponse:
    """The goals of a year."""
    question = asked_of(request)
    county = settings.OPENDIBAO_COUNTY
    now = datetime.combine(question.today, time.max, COUNTY_TIME)
    values = values_of(question.year, county, asked=period(question.year, known_at=now, division=county))
    lines = [_line(one, question.today) for one in lines_of(goals_entered(question.year, county), values)]
    shown = {
        "asked": question,
        "tabs": evaluation_tabs(request, "goals", question.year),
        "parts": parts(request, "goals", question),
        "told": goals_of_year(question.year, county),
        "overall": [one for one in lines if one.goal.is_overall and one.goal.state != GoalState.DROPPED],
        "stages": _stages(lines, county),
        "lead": _lead(lines),
        "late": [one for one in lines if one.is_late],
        "values": values,
        "principles": principles(question.year, county),
        "sheet": _sheet(question.year),
        "budget": sum(line.approved_fen for line in budget(question.year)),
        "may_write": may(request, EVALUATORS),
        "crumbs": [Crumb(_("绩效评价"), reverse("evaluation") + f"?year={question.year}"), Crumb(_("绩效目标"))],
    }
    return render(request, "web/goals.html", shown)


def parts(request: HttpRequest, current: str, question: Asked) -> Choices:
    """Goals, plan and documents of the same year."""
    options = [Choice(str(words), reverse(route) + f"?year={question.year}", route == current)
               for route, words in PARTS]  # fmt: skip
    return Choices(_("目标与方案"), options)


def _line(one: GoalLine, today: date) -> Line:
    is_overdue = one.is_late(today) and one.due_on is not None and one.due_on < today
    return Line(one, state_cell(one.state), one.is_late(today), is_overdue)


def state_cell(state: str) -> Cell:
    """How far a goal is, with its mark."""
    return Cell(GOAL_STATES[state], tone=TONES[state])


def _stages(lines: Sequence[Line], county: str) -> list[Stage]:
    labels = stage_labels(county)
    staged = [Stage(labels.get(key, STAGES[key]), [one for one in lines if one.goal.horizon == key])
              for key in HORIZONS]  # fmt: skip
    return [stage for stage in staged if stage.lines]


def _lead(lines: Sequence[Line]) -> str:
    """How many stage goals there are, by state, and what is wrong with them."""
    staged = [one for one in lines if not one.goal.is_overall and one.goal.state != GoalState.DROPPED]
    if not staged:
        return ""
    said = ngettext("阶段目标 %(n)d 条", "阶段目标 %(n)d 条", len(staged)) % {"n": len(staged)}
    counts = [(GOAL_STATES[state], sum(one.goal.state == state for one in staged)) for state in GoalState]
    counts += [
        (_("已过期限"), sum(one.is_overdue for one in staged)),
        (_("没有定期限"), sum(one.goal.is_unscheduled for one in staged)),
    ]
    return said + _("：") + _("，").join(f"{words} {n}" for words, n in counts if n) + _("。")


def _sheet(year: int) -> Table:
    """The year's indicators as the table of goals prints them."""
    known, served = indicators(), goals_of_year(year, settings.OPENDIBAO_COUNTY)
    rows = [
        [Cell(f"{row.position} {known[row.indicator].name}"), text(known[row.indicator].level1),
         text(known[row.indicator].level2), text(row.target_text), Cell(f"{row.weight.normalize():f}"),
         text(_("；").join(served.goals_of(row.indicator)))]
        for row in sheet(year, settings.OPENDIBAO_COUNTY)
    ]  # fmt: skip
    return Table(
        heads(_("三级指标"), _("一级"), _("二级"), "#" + _("指标值"), "#" + _("分值"), _("服务于目标")), rows,
        caption=_("年度绩效指标"), nothing=_("还没有指标表"), empty=_("建好本年的指标表，这里列出每项指标的目标值。"),
    )  # fmt: skip


def found_goal(goal_id: int) -> GoalRow:
    """One goal; raises Http404."""
    found = goal(goal_id)
    if found is None:
        raise Http404(f"没有目标 {goal_id}")
    return found


def one_goal(request: HttpRequest, goal_id: int) -> HttpResponse:
    """One goal: what it says, what was changed in it by whom, and what can be done."""
    found = found_goal(goal_id)
    shown = {
        "goal": found,
        "stage": STAGES[found.horizon],
        "state": state_cell(found.state),
        "names": indicator_names(found.indicators),
        "history": [_told(event.at, event.actor, event.action, event.payload) for event in _history(goal_id)],
        "may_write": may(request, EVALUATORS),
        "is_dropped": found.state == GoalState.DROPPED,
        "is_overdue": found.due_on is not None and found.due_on < today_in_county()
        and found.state not in (GoalState.REACHED, GoalState.DROPPED),
        "crumbs": way_of(found.year, Crumb(_("目标") if found.horizon != OVERALL else _("总体目标"))),
    }  # fmt: skip
    return render(request, "web/goal.html", shown)


def way_of(year: int, *further: Crumb) -> list[Crumb]:
    """The way to a page about goals."""
    tail = f"?year={year}"
    return [Crumb(_("绩效评价"), reverse("evaluation") + tail), Crumb(_("绩效目标"), reverse("goals") + tail), *further]


def indicator_names(codes: Sequence[str]) -> list[str]:
    """The names of indicators; a code that no folder has any more stands for itself."""
    known = indicators()
    return [known[code].name if code in known else code for code in codes]


def _history(goal_id: int) -> list[Any]:
    return list(reversed(events_of(subject_of(goal_id))))


def _told(at: datetime, actor: str, action: str, payload: Mapping[str, Any]) -> Told:
    """An event in words; a goal's fields from what they were to what they became."""
    before, after = payload.get("before"), payload.get("after")
    changes = []
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        changes = [(str(FIELDS[name]), _value(before[name]), _value(after[name])) for name in after]
    elif isinstance(after, str) and isinstance(before, str):
        changes = [(_("进展"), GOAL_STATES.get(before, before), GOAL_STATES.get(after, after))]
    words = str(payload.get("reason", "")) if not isinstance(before, Mapping) else ""
    return Told(at.astimezone(COUNTY_TIME), actor, _(action), words, changes)


def _value(value: object) -> str:
    return _("、").join(indicator_names(value)) if isinstance(value, list) else str(value)
