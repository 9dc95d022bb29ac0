"""查代领和代管: who collects for whom, whose card is kept by whom, and which of them is due to be looked at."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from opendibao.audit.sql_rows import read
from opendibao.policy.pack import Pack
from opendibao.registry.models import Custodian, Handed, ProxyReason, ProxyRelation
from opendibao.rulemaking.queries import pack_in_force

# what the codes of a row mean, for papers
CUSTODIANS = {each.value: str(each.label) for each in Custodian}
HANDED = {each.value: str(each.label) for each in Handed}
PROXY_REASONS = {each.value: str(each.label) for each in ProxyReason}
PROXY_RELATIONS = {each.value: str(each.label) for each in ProxyRelation}
# the months are those in force on the day that is asked
PROXIES = """
SELECT p.id, p.household_id, h.number, p.division, p.name, p.id_number, p.phone, p.relation, p.reason, p.reason_note,
  p.takes_account, p.agreed_by, p.agreed_on, p.paper_id, p.since, p.until, p.made_by, p.filed_by, p.filed_on,
  p.filed_note, p.ended_by, p.end_reason, last.reviewed_on,
  CASE WHEN p.until IS NULL OR p.until >= %(day)s::date
    THEN (coalesce(last.reviewed_on, p.since) + make_interval(months => %(months)s))::date END
FROM registry_proxy p JOIN registry_household h ON h.id = p.household_id
LEFT JOIN LATERAL (
  SELECT max(r.reviewed_on) AS reviewed_on FROM registry_proxyreview r WHERE r.proxy_id = p.id
) AS last ON true
WHERE (%(household)s = 0 OR p.household_id = %(household)s) AND (%(id)s = 0 OR p.id = %(id)s)
ORDER BY p.until < %(day)s::date NULLS FIRST, p.division, h.number, p.since DESC, p.id
"""
CUSTODIES = """
SELECT c.id, c.household_id, h.number, c.division, c.custodian, c.custodian_is, c.post, c.reason, c.handed, c.tail,
  c.handed_on, c.agreed_by, c.agreed_on, c.paper_id, c.made_by, c.filed_by, c.filed_on, c.filed_note, c.returned_on,
  c.returned_to, c.return_note, last.checked_on, coalesce(last.fits, true), c.returned_on IS NULL AND EXISTS (
    SELECT FROM registry_bankaccount b WHERE b.household_id = c.household_id AND b.valid @> %(day)s::date
      AND upper_inf(b.recorded) AND right(regexp_replace(b.number, '[^0-9]', '', 'g'), 4) <> c.tail),
  CASE WHEN c.returned_on IS NULL
    THEN (coalesce(last.checked_on, c.handed_on) + make_interval(months => %(months)s))::date END
FROM registry_custody c JOIN registry_household h ON h.id = c.household_id
LEFT JOIN LATERAL (
  SELECT k.checked_on, k.is_there AND k.is_paid_out AS fits FROM registry_custodycheck k
  WHERE k.custody_id = c.id ORDER BY k.checked_on DESC LIMIT 1
) AS last ON true
WHERE (%(household)s = 0 OR c.household_id = %(household)s) AND (%(id)s = 0 OR c.id = %(id)s)
ORDER BY c.returned_on IS NOT NULL, c.division, h.number, c.handed_on DESC, c.id
"""
PROXY_REVIEWS = """
SELECT r.reviewed_on, r.reviewed_by, r.way, r.spoken_with, r.goes_on, r.note FROM registry_proxyreview r
WHERE r.proxy_id = %(id)s ORDER BY r.reviewed_on DESC
"""
CUSTODY_CHECKS = """
SELECT k.checked_on, k.checked_by, k.way, k.spoken_with, k.is_there AND k.is_paid_out, k.note
FROM registry_custodycheck k WHERE k.custody_id = %(id)s ORDER BY k.checked_on DESC
"""


@dataclass(frozen=True)
class ProxyRow:
    """A proxy; `due_on` is when it is to be looked at next, None once it has ended."""

    id: int
    household_id: int
    household: str
    division: str
    name: str
    id_number: str
    phone: str
    relation: str
    reason: str
    reason_note: str
    takes_account: bool
    agreed_by: str
    agreed_on: date
    paper_id: int
    since: date
    until: date | None
    made_by: str
    filed_by: str
    filed_on: date | None
    filed_note: str
    ended_by: str
    end_reason: str
    reviewed_on: date | None
    due_on: date | None


@dataclass(frozen=True)
class CustodyRow:
    """A kept card; `due_on` (None once it is back) is when to look at it next; `fits`: the last look was good.

    `is_old`: the household's money goes to another account by now.
    """

    id: int
    household_id: int
    household: str
    division: str
    custodian: str
    custodian_is: str
    post: str
    reason: str
    handed: str
    tail: str
    handed_on: date
    agreed_by: str
    agreed_on: date
    paper_id: int
    made_by: str
    filed_by: str
    filed_on: date | None
    filed_note: str
    returned_on: date | None
    returned_to: str
    return_note: str
    checked_on: date | None
    fits: bool
    is_old: bool
    due_on: date | None


def remind_days(day: date) -> int:
    """How many days before its day a look, or the end of an agreement, is told of. Raises RuleGap."""
    return int(pack_in_force().value("account.remind_days", day))


def _proxies(pack: Pack, day: date, household_id: int, row_id: int) -> list[ProxyRow]:
    months = pack.value("account.proxy_review_months", day)
    return read(ProxyRow, PROXIES, {"day": day, "months": months, "household": household_id, "id": row_id})


def _custodies(pack: Pack, day: date, household_id: int, row_id: int) -> list[CustodyRow]:
    months = pack.value("account.custody_check_months", day)
    return read(CustodyRow, CUSTODIES, {"day": day, "months": months, "household": household_id, "id": row_id})


def proxies(day: date, *, household_id: int = 0) -> list[ProxyRow]:
    """Proxies in sight, those of today first. Raises RuleGap where nothing says how often they are looked at."""
    return _proxies(pack_in_force(), day, household_id, 0)


def proxy(proxy_id: int, day: date) -> ProxyRow | None:
    """One proxy; None where there is none or another township's."""
    return next(iter(_proxies(pack_in_force(), day, 0, proxy_id)), None)


def custodies(day: date, *, household_id: int = 0) -> list[CustodyRow]:
    """Kept cards in sight, those not returned first. Raises RuleGap where nothing says how often they are looked at."""
    return _custodies(pack_in_force(), day, household_id, 0)


def custody(custody_id: int, day: date) -> CustodyRow | None:
    """One kept card; None where there is none or another township's."""
    return next(iter(_custodies(pack_in_force(), day, 0, custody_id)), None)


@dataclass(frozen=True)
class Agreements:
    """Proxies and kept cards together."""

    proxies: Sequence[ProxyRow]
    custodies: Sequence[CustodyRow]


def agreements(day: date, household_id: int) -> Agreements:
    """What is agreed of a household. Raises RuleGap where a parameter is missing."""
    pack = pack_in_force()
    return Agreements(_proxies(pack, day, household_id, 0), _custodies(pack, day, household_id, 0))


@dataclass(frozen=True)
class LookRow:
    """A yearly look at a proxy or a kept card; `is_well`: it goes on, or all was in order."""

    on: date
    officer: str
    way: str
    spoken_with: str
    is_well: bool
    note: str


def proxy_reviews(proxy_id: int) -> list[LookRow]:
    """The looks at a proxy, the latest first."""
    return read(LookRow, PROXY_REVIEWS, {"id": proxy_id})


def custody_checks(custody_id: int) -> list[LookRow]:
    """The looks at a kept card, the latest first."""
    return read(LookRow, CUSTODY_CHECKS, {"id": custody_id})
