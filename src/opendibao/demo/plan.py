"""计划: what the synthetic county is and what will happen in its year; facts and dates only, never an amount."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

CaseFacts = Mapping[str, Any]
"""A household's facts in the format of `assess` (yuan amounts as text), without decision_date and policy."""


@dataclass(frozen=True)
class PlannedMember:
    """A person as the registry knows him; his facts stand in the household's CaseFacts at the same place."""

    id_number: str
    name: str
    relation: str


@dataclass(frozen=True)
class PlannedHousehold:
    """A household: where, who, whose account, and the facts on which its (first) decision rests."""

    number: str
    division: str
    area: str
    address: str
    phone: str
    members: tuple[PlannedMember, ...]
    holder: str
    bank: str
    account: str
    review_class: str  # yearly | halfyear
    facts: CaseFacts


@dataclass(frozen=True)
class OldDecision:
    """The ground of a household of the opening stock: number, day and first month of its old decision."""

    household: PlannedHousehold
    number: str
    decided_on: date


@dataclass(frozen=True)
class PlannedHit:
    """A department knows of something that bears on a family; most of it the family keeps to itself.

    `member`: whose record it is, by place. `is_declared`: the family says it too.
    """

    member: int
    source: str
    is_declared: bool = False


@dataclass(frozen=True)
class PlannedEntry:
    """An application on its way: all days are working days in order; `is_granted` False ends in a refusal."""

    household: PlannedHousehold
    channel: str  # counter | helper | online | lead
    applied_on: date
    accepted_on: date
    matched_on: date
    surveyed_on: date
    reviewed_on: date
    posted_on: date
    decided_on: date
    is_granted: bool = True
    match_hits: tuple[PlannedHit, ...] = ()


@dataclass(frozen=True)
class PlannedChange:
    """A staying household changes: somebody joins or leaves, so the facts after it differ; a new decision follows."""

    number: str
    kind: str  # birth | marriage_in | death | move_out | marriage_out
    happened_on: date
    decided_on: date
    joins: tuple[PlannedMember, ...]
    leaves: tuple[str, ...]  # id numbers
    facts: CaseFacts  # after the change


@dataclass(frozen=True)
class PlannedExit:
    """A household leaves: cause, the day of its decision; the facts (income, property) that the review found."""

    number: str
    cause: str  # income | property | death | moved | tekun | voluntary
    happened_on: date
    decided_on: date
    facts: CaseFacts  # what the review found; for death the last member has died on happened_on
    deaths: tuple[str, ...] = ()  # id numbers
    reported_on: date | None = None  # the township hears of the death on this day, before the review


@dataclass(frozen=True)
class PlannedReturn:
    """The bank will return this household's money of a month; the account is put right and it is paid again."""

    number: str
    month: date
    reason: str


@dataclass(frozen=True)
class PlannedWay:
    """A household whose money does not go straight (`kind` says how, see `ways`); `month` is the one it begins with."""

    kind: str
    number: str
    month: date


@dataclass(frozen=True)
class PlannedPending:
    """An application that is under way when the demonstration begins; `stage` says how far it has come by then.

    `beyond`: what departments know of its property that nobody has seen yet, in the format of `assess`.
    """

    entry: PlannedEntry
    stage: str
    beyond: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class CountyPlan:
    """The whole county and its year."""

    county_code: str
    county_name: str
    divisions: tuple[tuple[str, str, str, str], ...]  # (level, code, name, parent code)
    year: int
    policy: str
    opening: tuple[OldDecision, ...]
    entries: tuple[PlannedEntry, ...]
    changes: tuple[PlannedChange, ...]
    exits: tuple[PlannedExit, ...]
    returns: tuple[PlannedReturn, ...] = field(default=())
    ways: tuple[PlannedWay, ...] = field(default=())
    pending: tuple[PlannedPending, ...] = field(default=())
    pending_exits: tuple[PlannedExit, ...] = field(default=())
