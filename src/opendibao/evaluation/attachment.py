"""附件: what a year's documents print beside figures and conclusion, as plain texts and whole numbers."""

from dataclasses import dataclass


@dataclass(frozen=True)
class MonthPaid:
    """What the bank booked in a calendar month of the year, by area, in fen."""

    month: int
    area: str
    fen: int


@dataclass(frozen=True)
class TownStock:
    """Who is in force in a township on the last day; without code: rows that lie in no township."""

    code: str
    name: str
    households: int
    persons: int


@dataclass(frozen=True)
class AreaFunds:
    """An area's budget: what the formula proposed and what was approved, in fen."""

    area: str
    zh: str
    proposed_fen: int
    approved_fen: int


@dataclass(frozen=True)
class FundSources:
    """Where the year's money came from in fen: allocated in the year, carried over into it, bound, carried on."""

    allocated_fen: int
    carried_fen: int
    bound_fen: int
    left_fen: int


@dataclass(frozen=True)
class PlannedStep:
    """A step of the plan; days as ISO texts, `done_on` empty while it is not done."""

    step: str
    first: str
    last: str
    owner: str
    done_on: str


@dataclass(frozen=True)
class PlanSaid:
    """The plan of the evaluation as it stood: its texts, the team as (name, unit, part), the timetable."""

    version: int
    purpose: str
    scope: str
    method: str
    team: tuple[tuple[str, ...], ...]
    steps: tuple[PlannedStep, ...]


@dataclass(frozen=True)
class MaterialSaid:
    """A document that the evaluation rests on; days as ISO texts, `received_on` empty while it is not there."""

    kind: str
    title: str
    document_number: str
    issued_on: str
    provider: str
    received_on: str


@dataclass(frozen=True)
class CarriedSaid:
    """A point of last year's rectification list as it stands; days as ISO texts, `standing` in words."""

    number: int
    problem: str
    measure: str
    owner: str
    due_on: str
    standing: str
    closed_on: str
    outcome: str


@dataclass(frozen=True)
class Attached:
    """Everything of this module for one year."""

    months: tuple[MonthPaid, ...] = ()
    towns: tuple[TownStock, ...] = ()
    funds: tuple[AreaFunds, ...] = ()
    plan: PlanSaid | None = None
    materials: tuple[MaterialSaid, ...] = ()
    carried: tuple[CarriedSaid, ...] = ()
    sources: FundSources | None = None
