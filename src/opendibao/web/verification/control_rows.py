"""入户控制的行: every accepted case and every re-verification that is due, each once, with how it stands."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from opendibao.kernel.month import last_day, month_of
from opendibao.kernel.workdays import add_workdays, workdays_between
from opendibao.policy.procedures import procedure_from, procedure_of
from opendibao.reviews.queries import DueRow, due
from opendibao.verification.survey_queries import VisitRow, visits_of_open_cases
from opendibao.web.labels import CASE_KINDS, REVIEW_CLASSES, Labels

HOME, AWAY, WAITING = "home", "away", "waiting"
STANDINGS = Labels({
    HOME: gettext_noop("已入户"), AWAY: gettext_noop("电话、视频"), WAITING: gettext_noop("未入户"),
})  # fmt: skip


@dataclass(frozen=True)
class ControlRow:
    """A family to be visited: where, what for, how it stands, who goes, within which days, how long it waits.

    `case_id` is None for a re-verification without a case; `late` says in words what is overdue, "" where nothing is.
    """

    division: str
    household_id: int
    case_id: int | None
    what: str
    standing: str
    surveyors: str
    days: str
    waits: int
    late: str
    note: str


@dataclass(frozen=True)
class Counts:
    """How many families there are, and how they stand; the parts add up."""

    all: int
    home: int
    away: int
    waiting: int
    late: int


def control_rows(reach: str, today: date) -> list[ControlRow]:
    """All families that need a visit in what is seen, village by village; nobody drops out or is there twice."""
    visits = visits_of_open_cases(reach)
    with_case = {row.household_id for row in visits}
    dues: dict[int, DueRow] = {}
    for row in due(upto=last_day(month_of(today))):
        if row.division.startswith(reach) and row.household_id not in with_case:
            dues.setdefault(row.household_id, row)
    rows = [*(_of_case(row, today) for row in visits), *(_of_review(row, today) for row in dues.values())]
    return sorted(rows, key=lambda row: (row.division, row.standing != WAITING, -row.waits))


def counts_of(rows: Sequence[ControlRow]) -> Counts:
    """The parts of the control list."""
    standing = [row.standing for row in rows]
    return Counts(
        len(rows), standing.count(HOME), standing.count(AWAY), standing.count(WAITING),
        sum(bool(row.late) for row in rows),
    )  # fmt: skip


def _of_case(row: VisitRow, today: date) -> ControlRow:
    waits = 0 if row.surveyed_on else workdays_between(row.accepted_on, today)
    what = _("%(kind)s %(number)s") % {"kind": CASE_KINDS[row.kind], "number": row.number}
    return ControlRow(
        row.division, row.household_id, row.case_id, what, _standing(row), _names(row), _days(row), waits,
        _late(row, today), _("；").join(_notes(row)),
    )  # fmt: skip


def _of_review(row: DueRow, today: date) -> ControlRow:
    what = _("定期复核（%(class)s）") % {"class": REVIEW_CLASSES[row.review_class]}
    opens = month_of(row.due_on)
    late = _("过了期限 %(day)s") % {"day": row.due_on} if row.due_on < today else ""
    days = _("%(from)s 至 %(to)s") % {"from": opens, "to": row.due_on}
    waits = workdays_between(opens, today) if opens < today else 0
    return ControlRow(row.division, row.household_id, None, what, WAITING, "", days, waits, late, "")


def _standing(row: VisitRow) -> str:
    if row.surveyed_on is None:
        return WAITING
    return HOME if row.way == "home" else AWAY


def _names(row: VisitRow) -> str:
    return _("、").join(name for name in (row.first_surveyor, row.second_surveyor) if name)


def _days(row: VisitRow) -> str:
    if row.surveyed_on:
        return str(row.surveyed_on)
    if row.from_day and row.to_day:
        return _("%(from)s 至 %(to)s") % {"from": row.from_day, "to": row.to_day}
    return ""


def _late(row: VisitRow, today: date) -> str:
    """What is overdue: nobody was sent within the procedure's days, or the window has gone by."""
    if row.surveyed_on:
        return ""
    if row.to_day is not None:
        return _("派单期限 %(day)s 已过") % {"day": row.to_day} if row.to_day < today else ""
    start = add_workdays(row.accepted_on, _start_clock(row.gates, row.division, row.accepted_on))
    return _("应在 %(day)s 前启动调查") % {"day": start} if start < today else ""


@lru_cache(maxsize=1024)
def _start_clock(gates: str, division: str, on: date) -> int:
    """Working days within which the survey of a case begins, by its procedure (57号 第十五条)."""
    kept = json.loads(gates)
    procedure = procedure_from(kept) if kept else procedure_of(division, on)
    return procedure.clock("survey_start")


def _notes(row: VisitRow) -> Iterator[str]:
    if row.way_reason:
        yield _("未入户的理由：%(reason)s") % {"reason": row.way_reason}
    if row.refusals:
        yield _("拒绝配合 %(n)s 次") % {"n": row.refusals}
    if row.surveyed_on is None and row.surveys:
        yield _("退回重新调查")
