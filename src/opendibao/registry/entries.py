"""登记表: what an officer enters for a household, before anything is checked."""

from dataclasses import dataclass


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
