"""查规则: which numbers are in force here, how they came about, and the rule sets that decisions were taken with."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Protocol

from django.conf import settings

from opendibao.audit.sql_rows import first_row, read
from opendibao.policy.pack import BadPolicy, Pack, Row
from opendibao.policy.reader import load_pack
from opendibao.policy.revisions import revision_name
from opendibao.rulemaking.states import ChangeState
from opendibao.rules.archive import SHOWN, Archived, BrokenArchive, NotOfThisLaw, law_from

NEWEST = "SELECT number, digest FROM rulemaking_revision WHERE pack = %(pack)s ORDER BY number DESC LIMIT 1"
STEPS = """
SELECT r.step, c.id, c.path, c.since, c.value, c.source, c.is_verified
FROM rulemaking_revision r JOIN rulemaking_parameterchange c ON c.id = r.change_id
WHERE r.pack = %(pack)s AND r.number <= %(number)s ORDER BY r.number
"""
CHANGES = """
SELECT c.id, c.pack, c.path, c.since, c.value, c.source, c.is_verified, c.reason, c.state, c.drafted_by, c.drafted_at,
  c.approved_by, c.approved_at, coalesce(r.officer, ''), r.taken_at, c.withdrawn_by, c.withdrawn_at,
  c.withdrawn_reason, r.number, r.cases, coalesce(r.rule_set, ''), coalesce(r.moved, '')
FROM rulemaking_parameterchange c LEFT JOIN rulemaking_revision r ON r.change_id = c.id AND r.step = 'scheduled'
WHERE c.pack = %(pack)s AND %(path)s IN ('', c.path) AND %(pk)s IN (0, c.id) ORDER BY c.id DESC
"""
RULE_SETS = "SELECT hash, kept_on, length(body) FROM rulemaking_ruleset ORDER BY kept_on DESC, hash"


@dataclass(frozen=True)
class ChangeRow:
    """A change of a parameter with all that was done to it; `revision` and what follows once it is scheduled."""

    pk: int
    pack: str
    path: str
    since: date
    value: int
    source: str
    is_verified: bool
    reason: str
    state: str
    drafted_by: str
    drafted_at: datetime
    approved_by: str
    approved_at: datetime | None
    scheduled_by: str
    scheduled_at: datetime | None
    withdrawn_by: str
    withdrawn_at: datetime | None
    withdrawn_reason: str
    revision: int | None
    golden_cases: int | None
    rule_set: str
    moved: str

    @property
    def zh(self) -> str:
        """The parameter's name."""
        return _row_of(self.pack, self.path).zh

    @property
    def unit(self) -> str:
        """The unit that `value` and `before` are in."""
        return _row_of(self.pack, self.path).unit

    @property
    def state_zh(self) -> str:
        """The state's name."""
        return str(ChangeState(self.state).label)

    @property
    def before(self) -> int | None:
        """The number on the day before, by today's pack; None where there is none."""
        row = pack_in_force().find(self.path, self.since - timedelta(days=1))
        return row.value if row and isinstance(row.value, int) else None


@dataclass(frozen=True)
class RuleSetRow:
    """A rule set that is kept: its hash, the day it was first decided with, how many bytes it takes."""

    hash: str
    kept_on: date
    size: int


@dataclass(frozen=True)
class _Step:
    step: str
    change: int
    path: str
    since: date
    value: int
    source: str
    is_verified: bool


def _row_of(pack: str, path: str) -> Row:
    """Any row of a path: its name and unit are the same in all."""
    return next(level[path][0] for level in load_pack(pack).levels if path in level)


def policy_in_force() -> str:
    """The county's pack with what is scheduled so far; the pack's own name while nothing ever was."""
    found = first_row(NEWEST, {"pack": settings.OPENDIBAO_POLICY})
    if found is None:
        return str(settings.OPENDIBAO_POLICY)
    return revision_name(load_pack(settings.OPENDIBAO_POLICY), int(str(found[0])), str(found[1]))


def pack_in_force() -> Pack:
    """The numbers that this county decides, pays and reports by."""
    return load_pack(policy_in_force())


def revision_number() -> int:
    """How many steps the county's pack has taken, 0 while none."""
    found = first_row(NEWEST, {"pack": settings.OPENDIBAO_POLICY})
    return int(str(found[0])) if found else 0


def revision_rows(pack: str, number: int) -> Sequence[Row]:
    """What is scheduled and not withdrawn after that many steps of a pack, in the order of scheduling.

    Raises BadPolicy where the pack has not taken so many.
    """
    kept: dict[int, _Step] = {}
    steps = read(_Step, STEPS, {"pack": pack, "number": number})
    if len(steps) != number:
        raise BadPolicy(f"参数包“{pack}”在本系统没有第{number}次修订")
    for step in steps:
        kept.pop(step.change, None)
        if step.step == ChangeState.SCHEDULED:
            kept[step.change] = step
    return [row_of_change(pack, each) for each in kept.values()]


class Proposed(Protocol):
    """What a row of a parameter is made of."""

    @property
    def path(self) -> str: ...
    @property
    def since(self) -> date: ...
    @property
    def value(self) -> int: ...
    @property
    def source(self) -> str: ...
    @property
    def is_verified(self) -> bool: ...


def row_of_change(pack: str, change: Proposed) -> Row:
    """A change as a row of the county's."""
    like, division = _row_of(pack, change.path), load_pack(pack).division
    source, verified = change.source, change.is_verified
    return Row(change.path, like.zh, like.unit, change.since, None, change.value, source, verified, division)


def changes(*, path: str = "", pk: int = 0) -> list[ChangeRow]:
    """Changes of the county's pack, or of one parameter, the newest first."""
    return read(ChangeRow, CHANGES, {"pack": settings.OPENDIBAO_POLICY, "path": path, "pk": pk})


def change(change_id: int) -> ChangeRow | None:
    """One change; None where there is none."""
    return next(iter(changes(pk=change_id)), None)


def rule_sets() -> list[RuleSetRow]:
    """Rule sets that decisions were taken with, the newest first."""
    return read(RuleSetRow, RULE_SETS, {})


def archived_law(rule_set: str) -> Archived | None:
    """A rule set as it was when decisions were taken with it; None where it is not kept.

    Raises BrokenArchive where its text was changed, NotOfThisLaw where it needs facts that are not known any more.
    """
    row = first_row("SELECT body FROM rulemaking_ruleset WHERE hash = %(hash)s", {"hash": rule_set})
    if row is None or not isinstance(row[0], bytes | memoryview):
        return None
    found = _archived(bytes(row[0]))
    if found.law.rule_set != rule_set:
        raise BrokenArchive(f"存档的规则版本{rule_set[:SHOWN]}里是另一个版本{found.law.rule_set[:SHOWN]}")
    return found


def faulty_rule_sets() -> list[str]:
    """Why archived rule sets cannot be decided by any more, one sentence each; there should be none."""
    faults = []
    for row in rule_sets():
        try:
            archived_law(row.hash)
        except (BrokenArchive, NotOfThisLaw) as fault:
            faults.append(f"{row.hash[:SHOWN]}：{fault}")
    return faults


@lru_cache(maxsize=8)
def _archived(body: bytes) -> Archived:
    return law_from(zlib.decompress(body).decode())
