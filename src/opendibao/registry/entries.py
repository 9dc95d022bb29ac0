"""登记表: what an officer enters for a household, before anything is checked."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class MemberEntry:
    """A person as entered: 15 or 18 places of 身份证号, name, relation to the head (Relation's codes)."""

    id_number: str
    name: str
    relation: str


@dataclass(frozen=True)
class AccountEntry:
    """The account the household's money goes to."""

    holder: str
    bank: str
    number: str


@dataclass(frozen=True)
class HouseholdEntry:
    """A household as entered; `division` is its village's 12-digit code, `area` whose standard applies to it."""

    number: str
    division: str
    area: str
    address: str
    phone: str
    members: tuple[MemberEntry, ...]
    account: AccountEntry | None


@dataclass(frozen=True)
class PaperEntry:
    """A photograph or PDF that was opened and made safe before: its media type and its bytes."""

    media_type: str
    content: bytes


@dataclass(frozen=True)
class ChangeEntry:
    """Another account that a household asks for: why, who asks, how, on what evidence (codes of models.changes)."""

    account: AccountEntry
    cause: str
    asker: str
    asker_is: str
    channel: str
    evidence: str
    asked_on: date
    paper: PaperEntry | None = None


@dataclass(frozen=True)
class Look:
    """How another officer made sure: whom he asked, and the last places of the account as he saw or heard them."""

    how: str
    spoken_with: str
    tail: str
    note: str = ""


@dataclass(frozen=True)
class ProxyEntry:
    """Who may collect for a family, why and how long; `paper` is the signed agreement."""

    name: str
    id_number: str
    phone: str
    relation: str
    reason: str
    agreed_by: str
    agreed_on: date
    since: date
    until: date | None
    paper: PaperEntry
    reason_note: str = ""
    takes_account: bool = False


@dataclass(frozen=True)
class CustodyEntry:
    """A card or passbook that is handed over for keeping; `paper` is the signed agreement."""

    custodian: str
    custodian_is: str
    post: str
    reason: str
    handed: str
    handed_on: date
    agreed_by: str
    agreed_on: date
    paper: PaperEntry
