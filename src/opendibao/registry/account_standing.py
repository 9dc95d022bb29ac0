"""账户情况: who speaks for a household, whose account it is, and what a second look at a change is for."""

from dataclasses import dataclass
from datetime import date, timedelta

from opendibao.audit.sql_rows import read
from opendibao.registry.models import Asker, Risk
from opendibao.registry.queries import members_on, place_on
from opendibao.rulemaking.queries import pack_in_force

# only an agreement of which the county took note counts
PROXIES = """
SELECT p.name FROM registry_proxy p
WHERE p.household_id = %(household)s AND p.filed_on <= %(day)s::date AND p.since <= %(day)s::date
  AND (p.until IS NULL OR p.until >= %(day)s::date) AND (p.takes_account OR NOT %(with_account)s)
"""
STRANGE = """
SELECT a.holder FROM registry_bankaccount a
WHERE a.household_id = %(household)s AND a.valid @> %(day)s::date AND upper_inf(a.recorded)
  AND NOT EXISTS (SELECT FROM registry_membership m JOIN registry_person p ON p.id = m.person_id
    WHERE m.household_id = a.household_id AND m.valid @> %(day)s::date AND upper_inf(m.recorded)
      AND p.name = a.holder AND (p.died IS NULL OR p.died > %(day)s::date))
  AND NOT EXISTS (SELECT FROM registry_proxy p
    WHERE p.household_id = a.household_id AND p.name = a.holder AND p.takes_account AND p.filed_on <= %(day)s::date
      AND daterange(p.since, p.until, '[]') @> %(day)s::date)
"""
OTHERS = "SELECT others_on_account(%(number)s, %(household)s)"
OTHERS_PHONE = "SELECT others_on_phone(%(phone)s, %(household)s)"
PHONE_SINCE = "SELECT phone_known_since(%(household)s)"
KEPT = "SELECT count(*) FROM registry_custody WHERE household_id = %(household)s AND returned_on IS NULL"
# who has a hand on the household's money already
KEEPERS = """
SELECT c.custodian FROM registry_custody c WHERE c.household_id = %(household)s AND c.returned_on IS NULL
UNION SELECT p.name FROM registry_proxy p
WHERE p.household_id = %(household)s AND (p.until IS NULL OR p.until >= %(day)s::date)
"""
# they matter only to a telephone call
OF_THE_PHONE = frozenset({Risk.PHONE_NEW, Risk.PHONE_MANY})


@dataclass(frozen=True)
class _Since:
    day: date | None


def proxies_on(household_id: int, day: date, *, with_account: bool = False) -> list[str]:
    """Names of the proxies of a household on a day; `with_account`: those whose own account may take its money."""
    return read(str, PROXIES, {"household": household_id, "day": day, "with_account": with_account})


def living_names(household_id: int, day: date) -> list[str]:
    """Names of the members of a household on a day who are alive as far as is known."""
    return [one.name for one in members_on(household_id, day) if one.died is None or one.died > day]


def speaks_for(household_id: int, name: str, kind: str, day: date) -> bool:
    """Whether somebody of that name speaks for a household on a day, as a member or as a proxy."""
    return name in (living_names if kind == Asker.MEMBER else proxies_on)(household_id, day)


def is_strange(household_id: int, holder: str, day: date) -> bool:
    """Whether an account's holder is neither a living member nor a proxy whose account may take the money."""
    return holder not in (*living_names(household_id, day), *proxies_on(household_id, day, with_account=True))


def strange_holder(household_id: int, day: date) -> str:
    """The holder of a household's account where the money should not go to him; "" where all is in order."""
    return next(iter(read(str, STRANGE, {"household": household_id, "day": day})), "")


def keeps_for(household_id: int, officer: str, day: date) -> bool:
    """Whether an officer keeps the household's card or collects for it, filed or not."""
    return officer in read(str, KEEPERS, {"household": household_id, "day": day})


def telephone_on(household_id: int, day: date) -> str:
    """The registered telephone of a household on a day; "" where there is none."""
    place = place_on(household_id, day)
    return place.phone if place else ""


def registry_risks(household_id: int, holder: str, number: str, day: date) -> set[Risk]:
    """What the register alone knows against an account and the telephone by which it would be made sure of.

    The account is another household's or bears no name of this one, the card is in somebody's keeping, the telephone is
    new or other households have it too. Raises RuleGap where nothing says how long a telephone is new.
    """
    found = _phone_risks(household_id, day)
    if sum(read(int, OTHERS, {"number": number, "household": household_id})):
        found.add(Risk.SHARED)
    if is_strange(household_id, holder, day):
        found.add(Risk.NAME)
    if sum(read(int, KEPT, {"household": household_id})):
        found.add(Risk.KEPT)
    return found


def _phone_risks(household_id: int, day: date) -> set[Risk]:
    phone = telephone_on(household_id, day)
    if not phone:
        return set()
    found = set()
    (since,) = read(_Since, PHONE_SINCE, {"household": household_id})
    days = timedelta(days=pack_in_force().value("account.phone_days", day))
    if since.day and since.day > day - days:
        found.add(Risk.PHONE_NEW)
    if sum(read(int, OTHERS_PHONE, {"phone": phone, "household": household_id})):
        found.add(Risk.PHONE_MANY)
    return found
