"""评价方案页: why, what, how, by whom and when; which steps are done, which are late; printed as the plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.evaluation.goals import programme
from opendibao.evaluation.materials import materials
from opendibao.evaluation.planning import PlanStep, plan, plan_versions, steps_of
from opendibao.web.access import EVALUATORS, may
from opendibao.web.asking import Asked, BadQuestion
from opendibao.web.county import asked_of
from opendibao.web.evaluation_tabs import evaluation_tabs
from opendibao.web.goals import parts
from opendibao.web.materials import count_words, materials_table
from opendibao.web.tables import Cell, Crumb


@dataclass(frozen=True)
class StepLine:
    """A step of the timetable and how it stands on the day."""

    step: PlanStep
    state: Cell


def plan_page(request: HttpRequest) -> HttpResponse:
    """The newest plan of a year, or the version asked for."""
    question = asked_of(request)
    county = settings.OPENDIBAO_COUNTY
    versions = plan_versions(question.year, county)
    found = plan(question.year, county, version=_version(request))
    listed = materials(question.year, county)
    steps = steps_of(found) if found else []
    is_newest = bool(found and found.pk == versions[0].pk)
    shown = {
        "asked": question,
        "tabs": evaluation_tabs(request, "goals", question.year),
        "parts": parts(request, "plan", question),
        "programme": programme(county),
        "plan": found,
        "is_newest": is_newest,
        "versions": versions,
        "steps": [StepLine(step, step_state(step, question.today)) for step in steps],
        "lead": _lead(steps, question.today),
        "materials": materials_table([one for one in listed if not one.is_withdrawn], acts=False),
        "materials_lead": count_words(listed),
        "may_write": may(request, EVALUATORS),
        "crumbs": [*way_to_plan(question)[:-1], Crumb(_("评价方案"))],
    }
    return render(request, "web/plan.html", shown)


def way_to_plan(question: Asked, *further: Crumb) -> list[Crumb]:
    """The way to a page about the plan."""
    tail = f"?year={question.year}"
    return [
        Crumb(_("绩效评价"), reverse("evaluation") + tail), Crumb(_("评价方案"), reverse("plan") + tail), *further,
    ]  # fmt: skip


def step_state(step: PlanStep, today: date) -> Cell:
    """Done, late, going on, or still to come."""
    if step.done_on:
        late = step.done_on > step.last
        said = _("%(day)s 完成，晚了") if late else _("%(day)s 完成")
        return Cell(said % {"day": step.done_on}, tone="warn" if late else "ok")
    if step.last < today:
        return Cell(_("已过期限"), tone="bad")
    return Cell(_("正在做") if step.first <= today else _("还没到"))


def _version(request: HttpRequest) -> int:
    said = request.GET.get("version", "")
    if not said:
        return 0
    if not (said.isascii() and said.isdigit() and 0 < len(said) < 5):
        raise BadQuestion(_("“%(text)s”不是版本号，请从方案的版本里选") % {"text": said})
    return int(said)


def _lead(steps: Sequence[PlanStep], today: date) -> str:
    done = sum(step.done_on is not None for step in steps)
    late = sum(step.done_on is None and step.last < today for step in steps)
    said = _("%(n)d 步，已完成 %(done)d 步") % {"n": len(steps), "done": done}
    return said + (_("，%(late)d 步已过期限") % {"late": late} if late else "") + _("。")
