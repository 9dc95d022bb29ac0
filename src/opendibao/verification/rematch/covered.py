"""在保人员和送达记录: everybody covered on a day, and the rows of each current delivery that are linked to them."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from opendibao.audit.sql_rows import read, read_whole
from opendibao.verification.deliveries.queries import DeliveryRow
from opendibao.verification.known_people import KnownPerson, name_tokens_of, some, tokens_of
from opendibao.verification.models import Covers

COVERED = """
SELECT m.person_id, d.household_id, p.name, d.division, d.amount_fen, d.decided_on, d.id
FROM decision_decision d
JOIN registry_membership m ON m.household_id = d.household_id AND m.valid @> %(day)s::date AND upper_inf(m.recorded)
JOIN registry_person p ON p.id = m.person_id AND coalesce(p.died > %(day)s::date, true)
WHERE d.in_force @> %(day)s::date AND starts_with(d.division, %(reach)s)
ORDER BY m.person_id
"""
# about whom may be asked on the day by his own word; and who took his word back without giving it again
CONSENTS = """
SELECT person_id, bool_or(coalesce(valid_until, %(day)s::date) >= %(day)s::date
  AND coalesce(revoked_on, 'infinity') > %(day)s::date), bool_or(revoked_on <= %(day)s::date)
FROM intake_consent WHERE signed_on <= %(day)s::date AND person_id IS NOT NULL GROUP BY person_id
"""
LINKED = """
SELECT k.person_id, k.id, k.row_no, k.row_key, r.sealed, k.state
FROM verification_link k JOIN verification_sourcerecord r ON r.id = k.record_id
WHERE r.delivery_id = %(delivery)s AND k.state <> 'not_same'
  AND NOT EXISTS (SELECT FROM verification_notsameperson n
    WHERE n.person_id = k.person_id AND n.source = k.source AND n.row_key = k.row_key AND n.taken_back_on IS NULL)
ORDER BY k.person_id, k.row_no, k.id
"""
ASKED = """
SELECT DISTINCT person_id FROM verification_matchresult WHERE source = %(source)s AND requested_on <= %(list_of)s::date
"""
# rows that can be anybody's of a name, and rows that went back: silence about those whom they fit proves nothing
NAMELESS = """
SELECT delivery_id, tokens FROM verification_sourcerecord WHERE delivery_id = ANY(%(deliveries)s) AND NOT is_keyed
"""
RETURNED = """
SELECT delivery_id, tokens FROM verification_deliveryreject WHERE delivery_id = ANY(%(deliveries)s)
  AND cardinality(tokens) > 0
"""
LATECOMERS = """
SELECT person_id FROM registry_membership WHERE person_id = ANY(%(persons)s) GROUP BY person_id
HAVING min(lower(recorded)) > %(linked_at)s::timestamptz ORDER BY person_id
"""
FACTS = "SELECT id, facts::text FROM decision_decision WHERE id = ANY(%(ids)s)"


@dataclass(frozen=True)
class Covered:
    """A person covered on a day, with the household, the money in force (fen a month) and its decision's day."""

    person_id: int
    household_id: int
    name: str
    division: str
    monthly_fen: int
    decided_on: date
    decision_id: int


@dataclass(frozen=True)
class Consent:
    """Whether somebody's word to be asked about is in force, and whether he took one back."""

    person_id: int
    is_in_force: bool
    was_revoked: bool


@dataclass(frozen=True)
class LinkedRow:
    """A row that is linked to a person, or waits to be; `sealed` is its content (sealing.unseal_row)."""

    person_id: int
    link_id: int
    row_no: int
    row_key: str
    sealed: bytes
    state: str


@dataclass(frozen=True)
class _Facts:
    id: int
    facts: str


@dataclass(frozen=True)
class _Tokens:
    delivery_id: int
    tokens: list[str]


def covered_on(day: date, reach: str) -> list[Covered]:
    """Everybody living who is covered on a day, by id; where we know of a death there is nobody to ask about."""
    return read_whole(Covered, COVERED, {"day": day, "reach": reach})


def consents_on(day: date) -> dict[int, Consent]:
    """What people said about being asked, by person; who never signed is absent."""
    return {row.person_id: row for row in read(Consent, CONSENTS, {"day": day})}


def linked_rows(delivery: DeliveryRow) -> list[LinkedRow]:
    """The rows of a delivery that are linked to somebody, without what was found not to be about him."""
    return read_whole(LinkedRow, LINKED, {"delivery": delivery.id})


def asked_by(delivery: DeliveryRow) -> frozenset[int] | None:
    """Whom an answered list spoke of; None where the delivery speaks of everybody."""
    if delivery.covers == Covers.REGISTER:
        return None
    return frozenset(read(int, ASKED, {"source": delivery.source, "list_of": delivery.list_of}))


def latecomers(people: Mapping[int, Covered], linked_at: datetime) -> list[int]:
    """Ids of the people who were entered after a delivery was held against the register."""
    return read(int, LATECOMERS, {"persons": list(people), "linked_at": linked_at})


def nameless(deliveries: Sequence[int], people: Mapping[int, Covered]) -> Mapping[int, frozenset[int]]:
    """By delivery the people whose name stands in a row of which nothing else is known."""
    return _fitting(NAMELESS, deliveries, people, name_tokens_of)


def returned(deliveries: Sequence[int], people: Mapping[int, Covered]) -> Mapping[int, frozenset[int]]:
    """By delivery the people about whom a row may be that went back to the department."""
    return _fitting(RETURNED, deliveries, people, tokens_of)


def _fitting(
    sql: str,
    deliveries: Sequence[int],
    people: Mapping[int, Covered],
    tokens_of_all: Callable[[Sequence[KnownPerson]], dict[int, frozenset[str]]],
) -> Mapping[int, frozenset[int]]:
    """People who share a token with such a row; theirs are made only where there are such rows."""
    rows = read(_Tokens, sql, {"deliveries": list(deliveries)})
    if not rows or not people:
        return {}
    holders = defaultdict[str, set[int]](set)
    for person_id, tokens in tokens_of_all(some(list(people))).items():
        for token in tokens:
            holders[token].add(person_id)
    found = defaultdict[int, set[int]](set)
    for row in rows:
        for token in row.tokens:
            found[row.delivery_id] |= holders.get(token, set())
    return {delivery_id: frozenset(several) for delivery_id, several in found.items()}


def decided_facts(decision_ids: Sequence[int]) -> dict[int, str]:
    """The facts that decisions rest on, as JSON text, by decision."""
    return {row.id: row.facts for row in read(_Facts, FACTS, {"ids": sorted(set(decision_ids))})}
