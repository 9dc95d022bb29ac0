"""核对结果: what departments' data say of a person: hit, checked without hit, or not checked and why.

Silence is never evidence: whoever could not be checked is "not checked", never "nothing there" (57号 第十七条).
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from opendibao.audit.sql_rows import read
from opendibao.policy.pack import Pack
from opendibao.policy.reader import pack_of_division
from opendibao.verification.deliveries.freshness import fresh_until
from opendibao.verification.deliveries.queries import DeliveryRow, current_deliveries
from opendibao.verification.known_people import name_tokens_of, some, tokens_of
from opendibao.verification.models import Covers, LinkState, MatchOutcome, Unchecked
from opendibao.verification.sealing import unseal_row
from opendibao.verification.sharing import holders, sharing
from opendibao.verification.sources import SOURCES
from opendibao.verification.sources.adapter import Found, Source

VALID = "match.valid_days"
LINKS = """
SELECT l.id, l.person_id, l.source, l.state, r.sealed FROM verification_link l
JOIN verification_sourcerecord r ON r.id = l.record_id
WHERE l.person_id = ANY(%(persons)s) AND r.delivery_id = ANY(%(deliveries)s) AND l.state <> 'not_same'
ORDER BY l.person_id, l.row_no
"""


@dataclass(frozen=True)
class LinkedRow:
    """A row held to be this person's, or waiting for somebody to say so; still sealed."""

    id: int
    person_id: int
    source: str
    state: str
    sealed: bytes


@dataclass(frozen=True)
class Outcome:
    """What a source says of a person: `why` only where he is not checked, `found` and `links` only of a hit.

    `expires_on`: the last day on which the answer may be used.
    """

    outcome: str
    why: str = ""
    found: Found | None = None
    links: tuple[int, ...] = ()
    delivery: DeliveryRow | None = None
    expires_on: date | None = None


@dataclass(frozen=True)
class Known:
    """What is on hand about some persons on a day: deliveries, their rows by person and source; and by (person,
    delivery) where rows that nothing but a name identifies bear his name, or a row that may be his was sent back.
    """

    on: date
    deliveries: Mapping[str, DeliveryRow]
    rows: Mapping[tuple[int, str], Sequence[LinkedRow]]
    nameless: Collection[tuple[int, int]]
    returned: Collection[tuple[int, int]]
    policy: Pack

    def fresh_until(self, source: str) -> date:
        """The last day on which a source's delivery may be used. Raises RuleGap."""
        return fresh_until(source, self.deliveries[source].as_of, self.on, self.policy)


def known(person_ids: Collection[int], division: str, *, on: date) -> Known:
    """All that is on hand about some persons of a county on a day, in a few queries."""
    current = current_deliveries(on)
    ids = [one.id for one in current.values()]
    rows: dict[tuple[int, str], list[LinkedRow]] = defaultdict(list)
    for row in read(LinkedRow, LINKS, {"persons": list(person_ids), "deliveries": ids}):
        rows[row.person_id, row.source].append(row)
    people = some(person_ids)
    of_block, of_name = holders(tokens_of(people)), holders(name_tokens_of(people))
    shared = sharing(ids, {*of_block, *of_name})
    nameless = {
        (person, row.delivery_id) for row in shared if row.is_keyed is False for person in of_name.get(row.token, ())
    }
    returned = {
        (person, row.delivery_id)
        for row in shared if row.record_id is None
        for person in {*of_block.get(row.token, ()), *of_name.get(row.token, ())}
    }  # fmt: skip
    return Known(on, current, rows, nameless, returned, pack_of_division(division))


def outcome_of(person_id: int, source: str, *, asked_on: date, known: Known, family: Collection[str] = ()) -> Outcome:
    """What a source says of a person whom it was asked about on a day; `family`: names of those who live with him.

    A marriage to somebody of the family is what the family declared: it bears on nothing.
    """
    delivery = known.deliveries.get(source)
    if delivery is None:
        return Outcome(MatchOutcome.NOT_CHECKED, Unchecked.NO_DATA)
    if known.on > known.fresh_until(source):
        return Outcome(MatchOutcome.NOT_CHECKED, Unchecked.STALE, delivery=delivery)
    if delivery.covers == Covers.REQUEST and (delivery.list_of is None or asked_on > delivery.list_of):
        return Outcome(MatchOutcome.NOT_CHECKED, Unchecked.NOT_COVERED, delivery=delivery)
    rows = known.rows.get((person_id, source), ())
    if any(row.state == LinkState.WAITING for row in rows):
        return Outcome(MatchOutcome.NOT_CHECKED, Unchecked.DOUBTFUL, delivery=delivery)
    pair = (person_id, delivery.id)
    why = Unchecked.NO_KEY if pair in known.nameless else Unchecked.RETURNED if pair in known.returned else ""
    found = _found(SOURCES[source], rows, known.on) if rows else None
    if found and found.with_whom and not found.facts and set(found.with_whom) <= set(family):
        found = None
    return _checked(found, rows, why, delivery, known)


def _checked(found: Found | None, rows: Sequence[LinkedRow], why: str, delivery: DeliveryRow, known: Known) -> Outcome:
    """Whoever is linked to rows, or to none: what they say; `why` not checked where nothing is found after all."""
    expires = known.on + timedelta(days=known.policy.value(VALID, known.on))
    if found is not None:
        links = tuple(row.id for row in rows)
        return Outcome(MatchOutcome.HIT, "", found, links, delivery, expires)
    if why:
        return Outcome(MatchOutcome.NOT_CHECKED, why, delivery=delivery)
    return Outcome(MatchOutcome.NO_HIT, delivery=delivery, expires_on=expires)


def _found(source: Source, rows: Sequence[LinkedRow], on: date) -> Found | None:
    """What the rows say; a source that cannot read its rows says how many there are."""
    if source.found is None:
        return Found(f"{source.zh}核到{len(rows)}行记录，请查看原件")
    return source.found([unseal_row(row.sealed) for row in rows], on)
