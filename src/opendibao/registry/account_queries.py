"""查账户变更: what was asked for, who looked, and what came of it."""

from dataclasses import dataclass
from datetime import date

from opendibao.audit.sql_rows import read

# what waits stands first, then the latest
CHANGES = """
SELECT c.id, c.household_id, h.number, c.division, c.holder, c.bank, c.number, c.cause, c.asker, c.asker_is, c.channel,
  c.evidence, c.paper_id, c.asked_on, c.made_by, c.made_on, c.state, c.settled_by, c.settled_on, c.how, c.spoken_with,
  c.called, c.risks, c.note
FROM registry_accountchange c JOIN registry_household h ON h.id = c.household_id
WHERE (%(household)s = 0 OR c.household_id = %(household)s) AND (%(id)s = 0 OR c.id = %(id)s)
  AND (%(state)s = '' OR c.state = %(state)s)
ORDER BY c.state <> 'waiting', c.made_on DESC, c.id DESC
"""
PAPER = """
SELECT p.id, p.household_id, h.number, h.division, p.kind, p.media_type, p.content
FROM registry_householdpaper p JOIN registry_household h ON h.id = p.household_id WHERE p.id = %(id)s
"""


@dataclass(frozen=True)
class ChangeRow:
    """A change of an account; `risks` are codes of Risk as they were when it was confirmed."""

    id: int
    household_id: int
    household: str
    division: str
    holder: str
    bank: str
    number: str
    cause: str
    asker: str
    asker_is: str
    channel: str
    evidence: str
    paper_id: int | None
    asked_on: date
    made_by: str
    made_on: date
    state: str
    settled_by: str
    settled_on: date | None
    how: str
    spoken_with: str
    called: str
    risks: list[str]
    note: str


@dataclass(frozen=True)
class PaperFile:
    """A signed paper of a household with its bytes."""

    id: int
    household_id: int
    household: str
    division: str
    kind: str
    media_type: str
    content: bytes


def _changes(household_id: int = 0, change_id: int = 0, state: str = "") -> list[ChangeRow]:
    return read(ChangeRow, CHANGES, {"household": household_id, "id": change_id, "state": state})


def account_changes(*, state: str = "", household_id: int = 0) -> list[ChangeRow]:
    """All changes in sight, or those of a state or a household; what waits stands first, then the latest."""
    return _changes(household_id, 0, state)


def account_change(change_id: int) -> ChangeRow | None:
    """One change; None where there is none or another township's."""
    return next(iter(_changes(change_id=change_id)), None)


def waiting_change(household_id: int) -> ChangeRow | None:
    """The change of a household that waits for another officer; None where none waits."""
    return next(iter(_changes(household_id, state="waiting")), None)


def household_paper(paper_id: int) -> PaperFile | None:
    """A signed paper whole; None where there is none or another township's."""
    return next(iter(read(PaperFile, PAPER, {"id": paper_id})), None)
