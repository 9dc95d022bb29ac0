"""花名册: the lines of a run by township and village with their sums, before anything is drawn."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from opendibao.kernel.ids import county_of, mask_account, mask_id_number, township_of
from opendibao.kernel.money import yuan_said
from opendibao.payment.joining import JoiningRow, joining
from opendibao.payment.paper_queries import ConfirmedRow, PaperRun, RosterRow, confirmed_towns, paper_run, roster_rows
from opendibao.registry.queries import division_names
from opendibao.reporting.case_papers.dating import month
from opendibao.reporting.pay_papers.refusal import NoSuchRun

HOLDS = {"": "暂缓发放", "released": "暂缓已解除", "cancelled": "暂缓，不再发放"}
KINDS = {"regular": "", "supplement": "补发", "price": "物价补贴", "backpay": "提标补差"}


@dataclass(frozen=True)
class Sums:
    """Households, persons and fen of some lines; `supplement_fen` and `held_fen` are parts of `fen`."""

    households: int = 0
    persons: int = 0
    fen: int = 0
    supplement_fen: int = 0
    held: int = 0
    held_fen: int = 0

    @property
    def base_fen(self) -> int:
        """What is not for 分类施保."""
        return self.fen - self.supplement_fen

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(
            self.households + other.households, self.persons + other.persons, self.fen + other.fen,
            self.supplement_fen + other.supplement_fen, self.held + other.held, self.held_fen + other.held_fen,
        )  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """A line of the roster: its running number, the household's row, what it adds to the sums."""

    number: int
    row: RosterRow
    sums: Sums

    @property
    def remark(self) -> str:
        """What stands in the last column before anybody signs there."""
        hold = "" if self.row.hold is None else HOLDS[self.row.hold]
        taken = f"抵扣应追缴{yuan_said(self.row.offset_fen)}元" if self.row.offset_fen else ""
        kind = f"{KINDS[self.row.kind]}{month(self.row.month)}" if KINDS[self.row.kind] else ""
        return "；".join(word for word in (kind, hold, taken) if word)

    @property
    def persons(self) -> str:
        """How many persons; a household's other lines name them not again, so that the column adds up."""
        return str(self.sums.persons) if self.sums.households else ""


@dataclass(frozen=True)
class Village:
    """The lines of a village."""

    name: str
    entries: Sequence[Entry]
    sums: Sums


@dataclass(frozen=True)
class Town:
    """The villages of a township, and who confirmed them (None: nobody yet)."""

    name: str
    villages: Sequence[Village]
    sums: Sums
    confirmed: ConfirmedRow | None


@dataclass(frozen=True)
class PayRoster:
    """A run's lines that the session sees; `is_whole` where they are all of the county's.

    `joined` is what earlier months owe and the run's file carries with it.
    """

    run: PaperRun
    county: str
    towns: Sequence[Town]
    sums: Sums
    is_whole: bool
    joined: Sequence[JoiningRow]
    officer: str
    on: date
    full: bool

    @property
    def offset_fen(self) -> int:
        """What goes against receivables and not to the bank."""
        return sum(entry.row.offset_fen for entry in self.entries)

    @property
    def sent_fen(self) -> int:
        """What the run's first file carries: what is neither held back nor set off, and what earlier months owe."""
        return self.sums.fen - self.sums.held_fen - self.offset_fen + sum(row.fen for row in self.joined)

    @property
    def entries(self) -> Iterable[Entry]:
        """All lines in their order."""
        return (entry for town in self.towns for village in town.villages for entry in village.entries)

    def id_number(self, row: RosterRow) -> str:
        """The head's number, masked unless the roster is for those who may read it."""
        return row.id_number if self.full or not row.id_number else mask_id_number(row.id_number)

    def account(self, row: RosterRow) -> str:
        """The account, masked unless the roster is for those who may read it."""
        return row.account if self.full else mask_account(row.account)


def pay_roster(run_id: int, *, on: date, officer: str, full: bool = False) -> PayRoster:
    """The roster of a run for an officer on a day; a township's session gets its own lines. Raises NoSuchRun."""
    run = paper_run(run_id)
    rows = roster_rows(run_id) if run else []
    if run is None or not rows:
        raise NoSuchRun("没有这个发放批次，或批次里没有本人可见的家庭")
    names, confirmed = division_names(), confirmed_towns(run_id)
    towns = [
        _town(names.get(code, code), [*villages], names, confirmed.get(code))
        for code, villages in groupby(_entries(rows), key=lambda entry: township_of(entry.row.division))
    ]
    sums = sum((town.sums for town in towns), Sums())
    county = names.get(county_of(run.division), "")
    joined = [row for row in joining(run_id, on) if row.goes]
    return PayRoster(run, county, towns, sums, len(rows) == run.lines, joined, officer, on, full)


def _entries(rows: Sequence[RosterRow]) -> Iterable[Entry]:
    """Number the lines; a household and its persons are counted with its first line."""
    seen: set[str] = set()
    for number, row in enumerate(rows, 1):
        is_first, is_held = row.household not in seen, row.is_kept
        seen.add(row.household)
        yield Entry(number, row, Sums(
            int(is_first), row.persons if is_first else 0, row.fen, row.supplement_fen,
            int(is_held and is_first), row.fen if is_held else 0,
        ))  # fmt: skip


def _town(name: str, entries: list[Entry], names: dict[str, str], confirmed: ConfirmedRow | None) -> Town:
    villages = []
    for code, group in groupby(entries, key=lambda entry: entry.row.division):
        listed = [*group]
        villages.append(Village(names.get(code, code), listed, sum((one.sums for one in listed), Sums())))
    return Town(name, villages, sum((village.sums for village in villages), Sums()), confirmed)
