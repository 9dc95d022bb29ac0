"""本年目标: the goals that a county entered for a year, and the programme they make; else the province's."""

from collections.abc import Sequence
from dataclasses import replace

from opendibao.evaluation.goals import HORIZONS, Goal, Horizon, Programme, programme
from opendibao.evaluation.models import Goal as GoalRow
from opendibao.evaluation.states import GoalState

__all__ = ["LABELS", "ORDER", "OVERALL", "GoalRow", "goal", "goals", "goals_of_year", "stage_labels"]
OVERALL = "overall"
LABELS = {"short": "短期", "middle": "中期", "long": "长期"}
ORDER = (OVERALL, *HORIZONS)


def goals(year: int, division: str) -> list[GoalRow]:
    """All goals of a year, the overall one first, then stage by stage in their order; dropped ones among them."""
    found = GoalRow.objects.filter(year=year, division=division)
    return sorted(found, key=lambda one: (ORDER.index(one.horizon), one.position))


def goal(goal_id: int) -> GoalRow | None:
    """One goal; None where there is none within the officer's sight."""
    return GoalRow.objects.filter(pk=goal_id).first()


def goals_of_year(year: int, division: str) -> Programme:
    """The programme with the year's own goals; without any it is the province's. Raises BadGoals."""
    template = programme(division)
    kept = [one for one in goals(year, division) if one.state != GoalState.DROPPED]
    if not kept:
        return template
    overall = [one.text for one in kept if one.horizon == OVERALL]
    return replace(template, overall="".join(overall) or template.overall, horizons=_horizons(kept, template))


def stage_labels(division: str) -> dict[str, str]:
    """The province's words for the stages, such as 短期（1—2年）."""
    return {one.key: one.label for one in programme(division).horizons}


def _horizons(kept: Sequence[GoalRow], template: Programme) -> tuple[Horizon, ...]:
    staged = [
        replace(stage, items=tuple(_goal(one) for one in kept if one.horizon == stage.key))
        for stage in template.horizons
    ]
    return tuple(stage for stage in staged if stage.items)


def _goal(row: GoalRow) -> Goal:
    return Goal(
        text=row.text, milestone=row.milestone, serves=tuple(row.indicators), unit=row.unit,
        due=row.due_on.isoformat() if row.due_on else "", state=GoalState(row.state).label, progress=row.progress,
    )  # fmt: skip
