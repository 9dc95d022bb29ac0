"""整改清单: the points of a year to put right, how each stands on a day, and those the next year takes over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from opendibao.evaluation.models import Rectification

__all__ = [
    "DUE_SOON",
    "KINDS",
    "Rectification",
    "RectificationLine",
    "Standing",
    "carried_over",
    "kind_of",
    "lines",
    "overdue_or_soon",
    "rectification",
    "rectification_subject",
    "rectifications",
    "standing",
]  # fmt: skip
DUE_SOON = timedelta(days=30)
"""How long before its day a point is called due soon."""
KINDS = {
    "indicator": "指标", "finding": "体检", "question": "财政审核意见", "score": "财政评分", "problem": "问题台账",
    "own": "自行列入",
}  # fmt: skip
"""Where a point comes from: what stands before the colon of its origin, such as indicator:paid_by_tenth."""


class Standing(StrEnum):
    """How a point stands on a day (整改状态)."""

    OPEN = "open"
    SOON = "soon"
    OVERDUE = "overdue"
    CLOSED = "closed"

    @property
    def zh(self) -> str:
        """The words for it."""
        return STANDINGS[self]


STANDINGS = {
    Standing.OPEN: "整改中", Standing.SOON: "快到期", Standing.OVERDUE: "逾期", Standing.CLOSED: "已销号",
}  # fmt: skip


@dataclass(frozen=True)
class RectificationLine:
    """A point as a report prints it, with how it stands on the day of the report."""

    number: int
    origin: str
    problem: str
    measure: str
    owner: str
    due_on: date
    standing: Standing
    closed_on: date | None
    outcome: str


def rectification_subject(rectification_id: int) -> str:
    """The audit's name of a point."""
    return f"整改 {rectification_id}"


def kind_of(origin: str) -> str:
    """Where a point comes from: a key of KINDS."""
    head = origin.partition(":")[0]
    return head if head in KINDS else "own"


def standing(one: Rectification, today: date) -> Standing:
    """How a point stands on a day; on its own day it is not yet overdue."""
    if one.closed_on is not None:
        return Standing.CLOSED
    if one.due_on < today:
        return Standing.OVERDUE
    return Standing.SOON if one.due_on <= today + DUE_SOON else Standing.OPEN


def rectifications(year: int, division: str) -> list[Rectification]:
    """All points of a year in their order, closed ones among them."""
    return list(Rectification.objects.filter(year=year, division=division).order_by("number"))


def rectification(rectification_id: int) -> Rectification | None:
    """One point; None where there is none within the officer's sight."""
    return Rectification.objects.filter(pk=rectification_id).first()


def overdue_or_soon(division: str, today: date) -> list[Rectification]:
    """Open points of any year that are overdue or due soon, the oldest day first."""
    found = Rectification.objects.filter(division=division, closed_on__isnull=True, due_on__lte=today + DUE_SOON)
    return list(found.order_by("due_on", "pk"))


def carried_over(year: int, division: str, today: date) -> tuple[RectificationLine, ...]:
    """Last year's points as they stand on a day: with them the report of `year` opens."""
    return lines(rectifications(year - 1, division), today)


def lines(found: Sequence[Rectification], today: date) -> tuple[RectificationLine, ...]:
    """Points as a report prints them."""
    return tuple(
        RectificationLine(
            one.number, one.origin, one.problem, one.measure, one.owner, one.due_on, standing(one, today),
            one.closed_on, one.outcome,
        )
        for one in found
    )  # fmt: skip
