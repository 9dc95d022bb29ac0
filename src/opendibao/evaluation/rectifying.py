"""整改: points are taken into the list, changed, closed with what was done, and opened again with a reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.audit.session import officer_name
from opendibao.audit.submissions import hold
from opendibao.evaluation.models import Rectification
from opendibao.evaluation.rectifications import KINDS, rectification_subject, rectifications
from opendibao.evaluation.refusal import EvaluationRefused
from opendibao.evaluation.said_words import filled
from opendibao.kernel.duties import Duty
from opendibao.payment.coverage import COUNTY_TIME

LONGEST = {"problem": 300, "measure": 300, "owner": 60, "outcome": 300}
OWN = "own"


class BadRectification(EvaluationRefused):
    """A point is incomplete, on the list already, closed or not closed; the text names the field."""


@dataclass(frozen=True)
class Point:
    """What is to be put right; `origin` says what it comes from, such as indicator:paid_by_tenth, or `own`."""

    origin: str
    problem: str
    measure: str
    owner: str


@needs(Duty.EVALUATE, Duty.CONFIRM)
@transaction.atomic
def take_points(
    year: int, division: str, points: Sequence[Point], *, due_on: date, at: datetime
) -> list[Rectification]:
    """列入整改: points enter the year's list, all with one day; each origin once, those of no origin numbered.

    Raises BadRectification, EvaluationRefused: then none is entered.
    """
    hold(f"整改清单 {year} {division}")
    if not points:
        raise BadRectification("没有选要列入的问题，请至少选一条")
    _refuse_past(due_on, at)
    there = rectifications(year, division)
    known = {one.origin for one in there}
    made = []
    for number, point in enumerate(points, len(there) + 1):
        origin = f"{OWN}:{number}" if point.origin == OWN else point.origin
        if origin in known:
            raise BadRectification(f"“{point.problem}”已经在{year}年度的整改清单里，不用再列")
        known.add(origin)
        made.append(_enter(year, division, number, origin, point, due_on, at))
    return made


def _enter(
    year: int, division: str, number: int, origin: str, point: Point, due_on: date, at: datetime
) -> Rectification:
    if origin.partition(":")[0] not in KINDS:
        raise BadRectification(f"“来源”{origin}不认识，请从页面上列入")
    made = Rectification.objects.create(
        year=year, division=division, number=number, origin=origin,
        problem=filled(point.problem, "问题", LONGEST["problem"]),
        measure=filled(point.measure, "整改措施", LONGEST["measure"]),
        owner=filled(point.owner, "责任单位", LONGEST["owner"]), due_on=due_on, officer=officer_name(),
    )  # fmt: skip
    _record("列入整改", made, at, {"origin": origin, **_told(made)})
    return made


@needs(Duty.EVALUATE, Duty.CONFIRM)
@transaction.atomic
def change_rectification(
    rectification_id: int, *, measure: str, owner: str, due_on: date, reason: str, at: datetime
) -> Rectification:
    """修改整改: another measure, owner or day, with a reason; what stood before is kept in the audit.

    Raises BadRectification, EvaluationRefused.
    """
    found = _held(rectification_id)
    if found.closed_on:
        raise BadRectification(f"第{found.number}条已于{found.closed_on}销号，请先恢复再修改")
    if due_on != found.due_on:
        _refuse_past(due_on, at)
    before = _told(found)
    found.measure, found.due_on = filled(measure, "整改措施", LONGEST["measure"]), due_on
    found.owner = filled(owner, "责任单位", LONGEST["owner"])
    after = _told(found)
    if before == after:
        raise BadRectification("各项和原来一样，没有要保存的修改")
    found.save(update_fields=["measure", "owner", "due_on"])
    why = filled(reason, "理由", LONGEST["outcome"])
    _record("修改整改", found, at, {"before": before, "after": after, "reason": why})
    return found


@needs(Duty.EVALUATE, Duty.CONFIRM)
@transaction.atomic
def close_rectification(rectification_id: int, *, outcome: str, on: date, at: datetime) -> Rectification:
    """销号: what was done, and on which day. Raises BadRectification, EvaluationRefused."""
    found = _held(rectification_id)
    if found.closed_on:
        raise BadRectification(f"第{found.number}条已于{found.closed_on}由{found.closed_by}销号，不用再办")
    if on > at.astimezone(COUNTY_TIME).date():
        raise BadRectification(f"“销号日期”{on}还没有到，请填今天或更早的日期")
    if on < date(found.year, 1, 1):
        raise BadRectification(f"“销号日期”{on}早于{found.year}年度，请核对年份")
    found.outcome = filled(outcome, "整改结果", LONGEST["outcome"])
    found.closed_on, found.closed_by = on, officer_name()
    found.save(update_fields=["closed_on", "closed_by", "outcome"])
    _record("整改销号", found, at, {"on": on.isoformat(), "outcome": found.outcome})
    return found


@needs(Duty.EVALUATE, Duty.CONFIRM)
@transaction.atomic
def reopen_rectification(rectification_id: int, *, reason: str, at: datetime) -> Rectification:
    """恢复整改: it was closed too early; what was said of it is kept in the audit. Raises BadRectification."""
    found = _held(rectification_id)
    if not found.closed_on:
        raise BadRectification(f"第{found.number}条还没有销号，不用恢复")
    before = {"on": found.closed_on.isoformat(), "by": found.closed_by, "outcome": found.outcome}
    found.closed_on, found.closed_by, found.outcome = None, "", ""
    found.save(update_fields=["closed_on", "closed_by", "outcome"])
    _record("恢复整改", found, at, {"before": before, "reason": filled(reason, "理由", LONGEST["outcome"])})
    return found


def _held(rectification_id: int) -> Rectification:
    """The point, held until the transaction ends."""
    found = Rectification.objects.select_for_update().filter(pk=rectification_id).first()
    if found is None:
        raise BadRectification(f"没有编号为{rectification_id}的整改，请从整改清单重新打开")
    return found


def _refuse_past(due_on: date, at: datetime) -> None:
    today = at.astimezone(COUNTY_TIME).date()
    if due_on < today:
        raise BadRectification(f"“整改期限”{due_on}已经过了，请填今天（{today}）或以后的日期")


def _told(one: Rectification) -> dict[str, object]:
    return {"measure": one.measure, "owner": one.owner, "due_on": one.due_on.isoformat()}


def _record(action: str, one: Rectification, at: datetime, payload: dict[str, object]) -> None:
    record(action, rectification_subject(one.pk), division=one.division, at=at, payload=payload)
