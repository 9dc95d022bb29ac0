"""目标登记: a year's goals are taken over, written, changed and moved on; every change keeps what stood before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.audit.session import officer_name
from opendibao.audit.submissions import hold
from opendibao.evaluation.goals import HORIZONS, programme
from opendibao.evaluation.models import Goal
from opendibao.evaluation.queries import indicators
from opendibao.evaluation.refusal import EvaluationRefused
from opendibao.evaluation.said_words import filled
from opendibao.evaluation.states import GOAL_NEXT, GoalState
from opendibao.evaluation.year_goals import LABELS, ORDER, OVERALL, goals
from opendibao.kernel.duties import Duty

TEXT_LENGTH, UNIT_LENGTH = 300, 60
FIELDS = {"text": "目标", "milestone": "衡量标志", "unit": "责任单位", "due_on": "完成期限", "indicators": "对应指标"}


class BadGoal(EvaluationRefused):
    """A goal is incomplete, names an unknown indicator, or may not be moved so; the text names the field."""


@dataclass(frozen=True)
class GoalEntry:
    """A goal as it is written; the overall one needs no milestone, unit or day."""

    horizon: str
    text: str
    milestone: str = ""
    unit: str = ""
    due_on: date | None = None
    indicators: tuple[str, ...] = ()


def subject_of(goal_id: int) -> str:
    """The audit's name of a goal."""
    return f"绩效目标 {goal_id}"


def goals_subject(year: int, division: str) -> str:
    """The name under which a year's goals are entered, one officer after another."""
    return f"绩效目标 {year} {division}"


@needs(Duty.EVALUATE)
@transaction.atomic
def take_over_goals(year: int, division: str, *, unit: str, at: datetime) -> list[Goal]:
    """套用目标: the province's goals become the year's own, all of one unit at first. Raises BadGoal, BadGoals."""
    hold(goals_subject(year, division))
    _refuse_second(year, division)
    told = programme(division)
    entries = [GoalEntry(OVERALL, told.overall)]
    entries += [
        GoalEntry(stage.key, one.text, one.milestone, unit, None, one.serves)
        for stage in told.horizons
        for one in stage.items
    ]
    made = [_enter(year, division, entry) for entry in entries]
    record("套用绩效目标", str(year), division=division, at=at, payload={"goals": len(made), "unit": unit})
    return made


@needs(Duty.EVALUATE)
@transaction.atomic
def carry_over_goals(year: int, division: str, *, at: datetime) -> list[Goal]:
    """接续目标: last year's goals that are neither reached nor dropped go on, with unit, day and progress.

    Raises BadGoal.
    """
    hold(goals_subject(year, division))
    _refuse_second(year, division)
    open_ones = [one for one in goals(year - 1, division) if one.state not in (GoalState.REACHED, GoalState.DROPPED)]
    if not open_ones:
        raise BadGoal(f"{year - 1}年度没有还要继续的目标，请套用省里的目标或逐条添加")
    made = []
    for one in open_ones:
        entry = GoalEntry(one.horizon, one.text, one.milestone, one.unit, one.due_on, tuple(one.indicators))
        made.append(_enter(year, division, entry, state=GoalState(one.state), progress=one.progress, since=date.min))
    record("接续绩效目标", str(year), division=division, at=at, payload={"goals": len(made), "from": year - 1})
    return made


@needs(Duty.EVALUATE)
@transaction.atomic
def add_goal(year: int, division: str, entry: GoalEntry, *, at: datetime) -> Goal:
    """添加目标: one more goal, last of its stage. Raises BadGoal naming the field."""
    hold(goals_subject(year, division))
    made = _enter(year, division, entry)
    record("添加绩效目标", subject_of(made.pk), division=division, at=at, payload=_told(made))
    return made


@needs(Duty.EVALUATE)
@transaction.atomic
def change_goal(goal_id: int, entry: GoalEntry, *, at: datetime) -> Goal:
    """修改目标: other words, unit, day or indicators; what stood before is kept in the audit. Raises BadGoal."""
    found = _held(goal_id)
    if entry.horizon != found.horizon:
        raise BadGoal("“期限”不能改：请把这条改为不再实行，在另一个期限下添加")
    if found.state == GoalState.DROPPED:
        raise BadGoal("这条目标已不再实行，请先恢复再修改")
    clean = _checked(entry, date(found.year, 1, 1))
    before = _told(found)
    found.text, found.milestone, found.unit = clean.text, clean.milestone, clean.unit
    found.due_on, found.indicators = clean.due_on, list(clean.indicators)
    after = _told(found)
    changed = [name for name in FIELDS if before[name] != after[name]]
    if not changed:
        raise BadGoal("各项和原来一样，没有要保存的修改")
    found.save(update_fields=list(FIELDS))
    payload: dict[str, object] = {
        "before": {name: before[name] for name in changed}, "after": {name: after[name] for name in changed},
        "reason": "、".join(FIELDS[name] for name in changed),
    }  # fmt: skip
    record("修改绩效目标", subject_of(goal_id), division=found.division, at=at, payload=payload)
    return found


@needs(Duty.EVALUATE)
@transaction.atomic
def move_goal(goal_id: int, state: str, *, progress: str, at: datetime) -> Goal:
    """更新进展: the goal is begun, late, reached, dropped or taken up again, with words. Raises BadGoal."""
    found = _held(goal_id)
    if state not in GoalState.values:
        raise BadGoal(f"“进展”{state}不认识，应为：{'、'.join(GoalState.labels)}")
    before, then = GoalState(found.state), GoalState(state)
    found.state = _moved(before, then)
    found.progress = filled(progress, "进展说明", TEXT_LENGTH, refusal=BadGoal)
    found.save(update_fields=["state", "progress"])
    payload: dict[str, object] = {"before": before.value, "after": then.value, "reason": found.progress}
    record("更新目标进展", subject_of(goal_id), division=found.division, at=at, payload=payload)
    return found


def _moved(before: GoalState, then: GoalState) -> GoalState:
    """The new state; words alone may be renewed without another state."""
    if then is not before and then not in GOAL_NEXT[before]:
        able = "、".join(state.label for state in GoalState if state in GOAL_NEXT[before])
        raise BadGoal(f"“进展”现在是“{before.label}”，不能直接改为“{then.label}”，可以改为：{able}")
    return then


def _refuse_second(year: int, division: str) -> None:
    if there := len(goals(year, division)):
        raise BadGoal(f"{year}年度已经有{there}条目标，不能再整批套用；请逐条添加或修改")


def _held(goal_id: int) -> Goal:
    """The goal, held until the transaction ends."""
    found = Goal.objects.select_for_update().filter(pk=goal_id).first()
    if found is None:
        raise BadGoal(f"没有编号为{goal_id}的目标，请从目标页重新打开")
    return found


def _enter(
    year: int, division: str, entry: GoalEntry, *, state: GoalState = GoalState.PLANNED, progress: str = "",
    since: date | None = None,
) -> Goal:  # fmt: skip
    """One goal, last of its stage; its day is not before `since`, else not before the year."""
    clean = _checked(entry, since or date(year, 1, 1))
    there = [one for one in goals(year, division) if one.horizon == clean.horizon]
    if clean.horizon == OVERALL and any(one.state != GoalState.DROPPED for one in there):
        raise BadGoal("“期限”总体目标只有一条，已经有了，请修改原来那条")
    if any(one.text == clean.text for one in there):
        raise BadGoal(f"“目标”{LABELS.get(clean.horizon, '总体')}里已经有同样的一条：{clean.text}")
    return Goal.objects.create(
        year=year, division=division, horizon=clean.horizon, text=clean.text, milestone=clean.milestone,
        position=max((one.position for one in there), default=0) + 1, unit=clean.unit, due_on=clean.due_on,
        indicators=list(clean.indicators), state=state, progress=progress, officer=officer_name(),
    )  # fmt: skip


def _checked(entry: GoalEntry, since: date) -> GoalEntry:
    """The entry, its texts trimmed. Raises BadGoal naming the field."""
    if entry.horizon not in ORDER:
        raise BadGoal(f"“期限”{entry.horizon}不认识，应为：总体、{'、'.join(LABELS[one] for one in HORIZONS)}")
    is_staged = entry.horizon != OVERALL
    if entry.due_on and entry.due_on < since:
        raise BadGoal(f"“完成期限”{entry.due_on}早于{since.year}年度，请改为{since}或以后")
    return GoalEntry(
        horizon=entry.horizon,
        text=filled(entry.text, "目标", TEXT_LENGTH, refusal=BadGoal),
        milestone=filled(entry.milestone, "衡量标志", TEXT_LENGTH, needed=is_staged, refusal=BadGoal),
        unit=filled(entry.unit, "责任单位", UNIT_LENGTH, needed=is_staged, refusal=BadGoal),
        due_on=entry.due_on,
        indicators=_known(entry.indicators),
    )


def _known(codes: Sequence[str]) -> tuple[str, ...]:
    known = indicators()
    for code in codes:
        if code not in known:
            raise BadGoal(f"“对应指标”没有名为“{code}”的指标，请从指标库里选")
    return tuple(dict.fromkeys(codes))


def _told(row: Goal) -> dict[str, object]:
    return {
        "text": row.text, "milestone": row.milestone, "unit": row.unit,
        "due_on": row.due_on.isoformat() if row.due_on else "", "indicators": list(row.indicators),
    }  # fmt: skip
