"""复核办理: lays down a year's reviews, closes them, and opens a new case where something changed."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from opendibao.audit.actions import record, record_many
from opendibao.audit.bulk import copy_rows
from opendibao.audit.duties import needs
from opendibao.audit.sql_rows import read
from opendibao.intake.actions import accept_case, submit_case
from opendibao.intake.models import Case
from opendibao.kernel.duties import Duty
from opendibao.registry.queries import household_by_id, numbers_by_id
from opendibao.reviews.models import Reverification
from opendibao.reviews.queries import DueRow
from opendibao.reviews.refusal import ReviewRefused
from opendibao.reviews.schedule import Due, dues_after, months_between_reviews, spread

__all__ = [
    "ReviewRefused",
    "close_reverification",
    "open_review_case",
    "record_reverifications_kept",
    "record_reverifications_stopped",
    "schedule_for_entry",
    "schedule_reverifications",
]

CLOSE = """
UPDATE reviews_reverification SET done_on = %(on)s::date, surveyors = %(surveyors)s, result = %(result)s
WHERE id = ANY(%(ids)s) AND done_on IS NULL
RETURNING id, household_id, division, review_class, due_on
"""
RESULTS = dict(Reverification._meta.get_field("result").flatchoices)
SURVEYORS_LENGTH = 120


@needs(Duty.ACCEPT)
@transaction.atomic
def open_review_case(household_id: int, *, on: date, at: datetime, declared: Mapping[str, Any]) -> Case:
    """启动复核: a change opens a new case, accepted the same day; nothing flows backwards."""
    case = submit_case(household_id, kind="review", channel="review", declared=declared, on=on, at=at)
    return accept_case(case, on=on, at=at)


@needs(Duty.CONFIRM)
@transaction.atomic
def schedule_reverifications(items: Sequence[tuple[int, str, str]], *, year: int, at: datetime) -> int:
    """安排定期复核: lay down a year's reviews of households (id, division, class); returns how many are new.

    Households keep the rhythm of their last review; called again for the same year it adds nothing.
    """
    ids = [household_id for household_id, _, _ in items]
    if len(set(ids)) != len(ids):
        raise ReviewRefused("名单中有家庭重复，请改正后再安排")
    former = Reverification.objects.filter(household__in=ids).values_list("household").annotate(Max("due_on"))
    return _lay_down(spread(items, year, dict(former)), at)


@needs(Duty.CONFIRM, Duty.REVIEW, Duty.ACCEPT)
@transaction.atomic
def schedule_for_entry(household_id: int, division: str, review_class: str, *, on: date, at: datetime) -> int:
    """新纳入家庭的复核: its reviews within the twelve months after its decision; returns how many."""
    period = months_between_reviews(review_class, on=on, division=division)
    taken = set(Reverification.objects.filter(household=household_id).values_list("due_on", flat=True))
    days = [day for day in dues_after(on, period) if day not in taken]
    return _lay_down([Due(household_id, division, review_class, day) for day in days], at)


def _lay_down(dues: Sequence[Due], at: datetime) -> int:
    copy_rows(
        "reviews_reverification",
        ["household_id", "division", "review_class", "due_on", "surveyors", "result"],
        ((due.household_id, due.division, due.review_class, due.due_on, "", "") for due in dues),
    )
    numbers = numbers_by_id([due.household_id for due in dues])
    events = ((f"家庭 {numbers[due.household_id]}", due.division, _payload(due)) for due in dues)
    record_many("安排定期复核", events, at=at)
    return len(dues)


def _payload(due: Due | DueRow) -> dict[str, object]:
    return {"due_on": str(due.due_on), "review_class": due.review_class}


@needs(Duty.SURVEY)
@transaction.atomic
def record_reverifications_kept(ids: Sequence[int], *, on: date, surveyors: str, at: datetime) -> int:
    """复核不变: the households were visited and nothing changed; returns how many.

    Raises ReviewRefused when one of them is done already or not to be seen; then none is closed.
    """
    if not 0 < len(surveyors.strip()) <= SURVEYORS_LENGTH:
        raise ReviewRefused("请填写调查人")
    return _close(ids, "kept", on, surveyors.strip(), at)


@needs(Duty.SURVEY, Duty.CONFIRM)
@transaction.atomic
def record_reverifications_stopped(ids: Sequence[int], *, on: date, at: datetime) -> int:
    """复核时已停发: the households' benefit was stopped before their review fell due; returns how many."""
    return _close(ids, "stopped", on, "", at)


def _close(ids: Sequence[int], result: str, on: date, surveyors: str, at: datetime) -> int:
    done = read(DueRow, CLOSE, {"ids": list(ids), "on": on, "surveyors": surveyors, "result": result})
    if len(done) != len(set(ids)):
        raise ReviewRefused(f"{len(set(ids)) - len(done)}条复核已完成或不在本人可见的区划内，请刷新名单后重办")
    numbers, outcome = numbers_by_id([row.household_id for row in done]), {"on": str(on), "result": result}
    events = ((f"家庭 {numbers[row.household_id]}", row.division, {**_payload(row), **outcome}) for row in done)
    record_many("定期复核", events, at=at)
    return len(done)


@needs(Duty.SURVEY, Duty.CONFIRM)
@transaction.atomic
def close_reverification(
    reverification_id: int, *, result: str, case_id: int | None, on: date, at: datetime
) -> Reverification:
    """办结复核: one review with its result; 调整 and 停发 name the case that decided. Raises ReviewRefused."""
    row = Reverification.objects.select_for_update(of=("self",)).filter(pk=reverification_id).first()
    if row is None or row.done_on:
        raise ReviewRefused("这条复核已完成或不在本人可见的区划内，请刷新名单后重办")
    case = Case.objects.filter(pk=case_id, household=row.household_id).first() if case_id else None
    if result not in RESULTS or (case is None and (result != "kept" or case_id)):
        raise ReviewRefused("复核结果应为不变、调整或停发，调整和停发须写明这一户的案件")
    row.done_on, row.result, row.case = on, result, case
    row.save(update_fields=["done_on", "result", "case"])
    payload = {**_payload(Due(row.household_id, row.division, row.review_class, row.due_on)), "result": result}
    subject = f"家庭 {household_by_id(row.household_id).number}"
    record("定期复核", subject, division=row.division, at=at, payload=payload)
    return row
