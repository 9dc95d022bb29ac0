"""评价方案: why and what is evaluated, how, by whom and when; a change is a new version, the former ones stay."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max, QuerySet

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.audit.session import officer_name
from opendibao.audit.submissions import hold
from opendibao.evaluation.models import EvaluationPlan, PlanStep
from opendibao.evaluation.refusal import EvaluationRefused
from opendibao.kernel.duties import Duty
from opendibao.payment.coverage import COUNTY_TIME

__all__ = [
    "LONG", "BadPlan", "EvaluationPlan", "Member", "PlanEntry", "PlanStep", "Step", "finish_step", "plan",
    "plan_subject", "plan_versions", "reopen_step", "restore_plan", "step", "steps_of", "write_plan",
]  # fmt: skip
LONG, NAME, STEP = 500, 60, 100
MOST_MEMBERS, MOST_STEPS = 40, 40


class BadPlan(EvaluationRefused):
    """The plan lacks something or contradicts itself; the text names the field and the line."""


@dataclass(frozen=True)
class Member:
    """One of the team: name, unit, what he does there."""

    name: str
    unit: str
    role: str


@dataclass(frozen=True)
class Step:
    """A line of the timetable."""

    step: str
    first: date
    last: date
    owner: str


@dataclass(frozen=True)
class PlanEntry:
    """A plan as it is written; `reason` says why there is another version, and is not needed for the first."""

    purpose: str
    scope: str
    method: str
    team: tuple[Member, ...]
    steps: tuple[Step, ...]
    reason: str = ""


def plan_subject(year: int) -> str:
    """The audit's name of a year's plan."""
    return f"评价方案 {year}"


def plan(year: int, division: str, *, version: int = 0) -> EvaluationPlan | None:
    """The newest version of a year's plan, or the one asked for; None where there is none."""
    found = _plans(year, division)
    return found.filter(version=version).first() if version else found.first()


def plan_versions(year: int, division: str) -> list[EvaluationPlan]:
    """All versions, the newest first."""
    return list(_plans(year, division))


def steps_of(found: EvaluationPlan) -> list[PlanStep]:
    """The timetable of a version in its order."""
    return list(PlanStep.objects.filter(plan=found).order_by("position"))


def _plans(year: int, division: str) -> QuerySet[EvaluationPlan]:
    return EvaluationPlan.objects.filter(year=year, division=division).order_by("-version")


@needs(Duty.EVALUATE)
@transaction.atomic
def write_plan(year: int, division: str, entry: PlanEntry, *, at: datetime) -> EvaluationPlan:
    """制定方案: the first version, or another one with its reason; steps that were done stay done. Raises BadPlan."""
    hold(plan_subject(year))
    clean, former = _checked(entry), plan(year, division)
    if former and not clean.reason:
        raise BadPlan(f"“修改理由”没有填写：方案已有第{former.version}版，再改要写明为什么")
    made = _keep(year, division, clean, at)
    _lay(made, clean.steps, _done(former))
    payload: dict[str, object] = {"version": made.version, "reason": clean.reason, "steps": len(clean.steps)}
    record("制定评价方案", plan_subject(year), division=division, at=at, payload=payload)
    return made


@needs(Duty.EVALUATE)
@transaction.atomic
def restore_plan(year: int, division: str, *, version: int, reason: str, at: datetime) -> EvaluationPlan:
    """恢复旧版: a former version's text counts again, as a new version. Raises BadPlan."""
    newest, old = plan(year, division), plan(year, division, version=version)
    if newest is None or old is None or old.version == newest.version:
        raise BadPlan(f"没有可以恢复的第{version}版，请从方案页的版本里选")
    entry = PlanEntry(
        old.purpose, old.scope, old.method, tuple(Member(**one) for one in old.team),
        tuple(Step(one.step, one.first, one.last, one.owner) for one in steps_of(old)), reason,
    )  # fmt: skip
    return write_plan(year, division, entry, at=at)


@needs(Duty.EVALUATE)
@transaction.atomic
def finish_step(step_id: int, *, on: date, at: datetime) -> PlanStep:
    """完成步骤: a step of the newest plan was done on a day. Raises BadPlan."""
    found = _held(step_id)
    if found.done_on:
        raise BadPlan(f"“{found.step}”已于{found.done_on}完成，不用再登记")
    if on > at.astimezone(COUNTY_TIME).date():
        raise BadPlan(f"“完成日期”{on}还没有到，请填今天或更早")
    found.done_on, found.done_by = on, officer_name()
    found.save(update_fields=["done_on", "done_by"])
    _tell("完成方案步骤", found, at, {"step": found.step, "on": on.isoformat()})
    return found


@needs(Duty.EVALUATE)
@transaction.atomic
def reopen_step(step_id: int, *, reason: str, at: datetime) -> PlanStep:
    """撤销完成: the step is not done after all. Raises BadPlan."""
    found = _held(step_id)
    if not found.done_on:
        raise BadPlan(f"“{found.step}”还没有登记完成，不用撤销")
    why = _filled(reason, "撤销理由", 200)
    before = found.done_on.isoformat()
    found.done_on, found.done_by = None, ""
    found.save(update_fields=["done_on", "done_by"])
    _tell("撤销步骤完成", found, at, {"step": found.step, "before": before, "reason": why})
    return found


def step(step_id: int) -> PlanStep | None:
    """One step; None where there is none within the officer's sight."""
    return PlanStep.objects.select_related("plan").filter(pk=step_id).first()


def _held(step_id: int) -> PlanStep:
    found = PlanStep.objects.select_for_update(of=("self",)).select_related("plan").filter(pk=step_id).first()
    if found is None:
        raise BadPlan(f"没有编号为{step_id}的步骤，请从方案页重新打开")
    newest = plan(found.plan.year, found.division)
    if newest is None or newest.pk != found.plan_id:
        raise BadPlan("方案已经有新的版本，请在新版本里登记")
    return found


def _tell(action: str, found: PlanStep, at: datetime, payload: dict[str, object]) -> None:
    record(action, plan_subject(found.plan.year), division=found.division, at=at, payload=payload)


def _done(former: EvaluationPlan | None) -> dict[str, PlanStep]:
    return {one.step: one for one in steps_of(former) if one.done_on} if former else {}


def _keep(year: int, division: str, clean: PlanEntry, at: datetime) -> EvaluationPlan:
    last = _plans(year, division).aggregate(last=Max("version"))["last"] or 0
    return EvaluationPlan.objects.create(
        year=year, division=division, version=last + 1, reason=clean.reason, purpose=clean.purpose, scope=clean.scope,
        method=clean.method, written_on=at.astimezone(COUNTY_TIME).date(), officer=officer_name(),
        team=[{"name": one.name, "unit": one.unit, "role": one.role} for one in clean.team],
    )  # fmt: skip


def _lay(made: EvaluationPlan, steps: Sequence[Step], done: dict[str, PlanStep]) -> None:
    PlanStep.objects.bulk_create(
        PlanStep(
            plan=made, division=made.division, position=number, step=one.step, first=one.first, last=one.last,
            owner=one.owner, done_on=done[one.step].done_on if one.step in done else None,
            done_by=done[one.step].done_by if one.step in done else "",
        )
        for number, one in enumerate(steps, 1)
    )  # fmt: skip


def _checked(entry: PlanEntry) -> PlanEntry:
    """The entry, its texts trimmed. Raises BadPlan naming field and line."""
    if not entry.team:
        raise BadPlan("“评价组”至少写一人：姓名，单位，分工")
    if not entry.steps:
        raise BadPlan("“时间安排”至少写一步：步骤，开始，结束，负责")
    if len(entry.team) > MOST_MEMBERS or len(entry.steps) > MOST_STEPS:
        raise BadPlan(f"“评价组”最多{MOST_MEMBERS}人，“时间安排”最多{MOST_STEPS}步，请精简")
    steps = tuple(_step(one, number) for number, one in enumerate(entry.steps, 1))
    if len({one.step for one in steps}) < len(steps):
        raise BadPlan("“时间安排”里有两步名称相同，请改成不同的名称")
    return PlanEntry(
        _filled(entry.purpose, "评价目的", LONG), _filled(entry.scope, "评价范围", LONG),
        _filled(entry.method, "评价方法", LONG),
        tuple(_member(one, number) for number, one in enumerate(entry.team, 1)), steps,
        _filled(entry.reason, "修改理由", 200, needed=False),
    )  # fmt: skip


def _member(one: Member, number: int) -> Member:
    where = f"评价组第{number}人的"
    return Member(
        _filled(one.name, f"{where}姓名", NAME), _filled(one.unit, f"{where}单位", NAME),
        _filled(one.role, f"{where}分工", NAME),
    )  # fmt: skip


def _step(one: Step, number: int) -> Step:
    where = f"时间安排第{number}步的"
    if one.last < one.first:
        raise BadPlan(f"“{where}结束”{one.last}早于开始{one.first}，请更正")
    return Step(_filled(one.step, f"{where}步骤", STEP), one.first, one.last, _filled(one.owner, f"{where}负责", NAME))


def _filled(text: str, what: str, most: int, *, needed: bool = True) -> str:
    said = text.strip()
    if needed and not said:
        raise BadPlan(f"“{what}”没有填写，请写明")
    if len(said) > most:
        raise BadPlan(f"“{what}”有{len(said)}个字，最多{most}个，请缩短")
    return said
