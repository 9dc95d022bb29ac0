"""查宣传培训热线: lists, newest first, page by page, and how many rows each has."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from opendibao.outreach.models import HotlineTicket, Post, PublicityAction, TrainingSession


@dataclass(frozen=True)
class PublicityRow:
    """One publicity action; channel and group in words."""

    pk: int
    division: str
    held_on: date
    channel: str
    target_group: str
    reached: int


@dataclass(frozen=True)
class TrainingRow:
    """One training session and how many signed its sheet."""

    pk: int
    division: str
    held_on: date
    topic: str
    sheet: str
    signatures: int


@dataclass(frozen=True)
class PostRow:
    """One post: since when it is needed, by when it should be filled, when it was."""

    pk: int
    division: str
    title: str
    needed_since: date
    due_on: date
    filled_on: date | None


@dataclass(frozen=True)
class TicketRow:
    """One hotline ticket; kind in words."""

    number: str
    division: str
    kind: str
    is_named: bool
    received_on: date
    due_on: date
    summary: str
    answered_on: date | None
    answer: str


def publicity(*, year: int | None = None, limit: int | None = 50, offset: int = 0) -> list[PublicityRow]:
    """Publicity actions, of one year or of all, newest first (limit None: all)."""
    rows = _publicity(year).order_by("-held_on", "-pk")
    return [
        PublicityRow(
            row.pk, row.division, row.held_on, row.get_channel_display(), row.get_target_group_display(), row.reached
        )
        for row in rows[offset : _end(limit, offset)]
    ]


def publicity_count(*, year: int | None = None) -> int:
    """How many publicity actions there are."""
    return _publicity(year).count()


def trainings(*, year: int | None = None, limit: int | None = 50, offset: int = 0) -> list[TrainingRow]:
    """Training sessions, newest first."""
    rows = _trainings(year).annotate(signed=Count("signatures")).order_by("-held_on", "-pk")
    return [
        TrainingRow(row.pk, row.division, row.held_on, row.topic, row.sheet, row.signed)
        for row in rows[offset : _end(limit, offset)]
    ]


def trainings_count(*, year: int | None = None) -> int:
    """How many training sessions there are, with or without a signed sheet."""
    return _trainings(year).count()


def posts(*, limit: int | None = 50, offset: int = 0) -> list[PostRow]:
    """Posts by the day they are due, latest first."""
    rows = Post.objects.order_by("-due_on", "-pk")
    return [_post(row) for row in rows[offset : _end(limit, offset)]]


def posts_count() -> int:
    """How many posts there are."""
    return Post.objects.count()


def tickets(*, year: int | None = None, limit: int | None = 50, offset: int = 0) -> list[TicketRow]:
    """Hotline tickets, newest first."""
    rows = _tickets(year).order_by("-received_on", "-number")
    return [_ticket(row) for row in rows[offset : _end(limit, offset)]]


def tickets_count(*, year: int | None = None) -> int:
    """How many hotline tickets there are."""
    return _tickets(year).count()


def ticket(number: str) -> TicketRow | None:
    """One ticket; None where there is none or another township's."""
    row = HotlineTicket.objects.filter(number=number).first()
    return _ticket(row) if row else None


def waiting_tickets() -> list[TicketRow]:
    """Tickets nobody has answered, the earliest due first."""
    return [_ticket(row) for row in HotlineTicket.objects.filter(answered_on=None).order_by("due_on", "number")]


def vacant_posts() -> list[PostRow]:
    """Posts nobody fills, the earliest due first."""
    return [_post(row) for row in Post.objects.filter(filled_on=None).order_by("due_on", "pk")]


def _ticket(row: HotlineTicket) -> TicketRow:
    return TicketRow(
        row.number, row.division, row.get_kind_display(), row.is_named, row.received_on, row.due_on, row.summary,
        row.answered_on, row.answer,
    )  # fmt: skip


def _post(row: Post) -> PostRow:
    return PostRow(row.pk, row.division, row.title, row.needed_since, row.due_on, row.filled_on)


def _end(limit: int | None, offset: int) -> int | None:
    return None if limit is None else offset + limit


def _publicity(year: int | None) -> QuerySet[PublicityAction]:
    return PublicityAction.objects.filter(held_on__year=year) if year else PublicityAction.objects.all()


def _trainings(year: int | None) -> QuerySet[TrainingSession]:
    return TrainingSession.objects.filter(held_on__year=year) if year else TrainingSession.objects.all()


def _tickets(year: int | None) -> QuerySet[HotlineTicket]:
    return HotlineTicket.objects.filter(received_on__year=year) if year else HotlineTicket.objects.all()
