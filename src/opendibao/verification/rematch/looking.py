"""比对: everybody covered against each source: three outcomes a person and source, and what is cause for a warning."""

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from opendibao.policy.pack import Pack
from opendibao.rulemaking.queries import pack_in_force
from opendibao.verification.deliveries.freshness import fresh_until
from opendibao.verification.deliveries.queries import DeliveryRow, current_deliveries
from opendibao.verification.models import LinkState, Unchecked
from opendibao.verification.rematch.covered import (
    Covered,
    LinkedRow,
    asked_by,
    consents_on,
    covered_on,
    decided_facts,
    linked_rows,
    nameless,
    returned,
)
from opendibao.verification.rematch.judging import Judged, judged
from opendibao.verification.rematch.raising import Cause, Told, told
from opendibao.verification.rematch.weighing import merged_assets
from opendibao.verification.sources import sources_on
from opendibao.verification.sources.adapter import Source

Tick = Callable[[int], None]
Silent = Mapping[str, Mapping[int, Collection[int]]]
"""By reason and delivery the people of whom silence proves nothing."""


@dataclass
class SourceLook:
    """What a run saw in one source: its delivery, or why nobody could be checked; persons by outcome."""

    source: str
    delivery: DeliveryRow | None = None
    why: str = ""
    hits: set[int] = field(default_factory=set)
    gaps: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Looked:
    """All that a run saw: who is covered, each source, what is news, whom nobody may ask about."""

    people: Mapping[int, Covered]
    sources: Sequence[SourceLook]
    news: Sequence[Judged]
    forbidden: Collection[int]

    def gaps(self) -> Iterator[tuple[int, str, list[str]]]:
        """Who could not be checked, why, and in which sources ([]: in none); a source without data is told as such."""
        for person_id in sorted(self.forbidden):
            yield person_id, Unchecked.NO_CONSENT, []
        named = defaultdict[tuple[int, str], list[str]](list)
        for look in self.sources:
            for person_id, why in look.gaps.items():
                named[person_id, why].append(look.source)
        for (person_id, why), sources in sorted(named.items()):
            yield person_id, why, sources


def look_over(on: date, reach: str, tick: Tick = lambda done: None) -> Looked:
    """Hold everybody covered in a reach (code prefix) against the current deliveries; nothing is written.

    `tick` is told how many sources are done. Raises RuleGap where a number is missing.
    """
    people = {row.person_id: row for row in covered_on(on, reach)}
    pack = pack_in_force()
    forbidden = _forbidden(people, pack, on)
    may_ask = {key: row for key, row in people.items() if key not in forbidden}
    current, asked = current_deliveries(on), sources_on(on)
    looks = [SourceLook(name, current.get(name), _why(one, current.get(name), pack, on)) for name, one in asked.items()]
    used = [look.delivery.id for look in looks if look.delivery and not look.why]
    silent: Silent = {Unchecked.NO_KEY: nameless(used, may_ask), Unchecked.RETURNED: returned(used, may_ask)}
    tellings = dict[str, Told]()
    for place, look in enumerate(looks, 1):
        if not look.why:
            tellings[look.source] = _look(look, asked[look.source], may_ask, silent, on)
        tick(place)
    return Looked(people, looks, _news(tellings, may_ask, on), forbidden)


def _forbidden(people: Mapping[int, Covered], pack: Pack, on: date) -> set[int]:
    """Who took his word back; and who has not given it, where the county asks for it."""
    is_needed, said = bool(pack.value("alert.consent_needed", on)), consents_on(on)
    found = set()
    for person_id in people:
        consent = said.get(person_id)
        is_in_force = consent is not None and consent.is_in_force
        if not is_in_force and (is_needed or (consent is not None and consent.was_revoked)):
            found.add(person_id)
    return found


def _why(source: Source, delivery: DeliveryRow | None, pack: Pack, on: date) -> str:
    """Why nobody can be checked in a source; "" where everybody can."""
    if delivery is None or source.found is None or delivery.linked_at is None:
        return Unchecked.NO_DATA
    is_stale = fresh_until(source.name, delivery.as_of, on, pack) < on
    return Unchecked.STALE if is_stale else ""


def _look(
    look: SourceLook,
    source: Source,
    people: Mapping[int, Covered],
    silent: Silent,
    on: date,
) -> Told:
    """One source: whose rows there are, of whom nothing can be said, and what the rows tell."""
    assert look.delivery
    assert source.found
    rows = defaultdict[int, list[LinkedRow]](list)
    for row in linked_rows(look.delivery):
        if row.person_id not in people:
            continue
        if row.state == LinkState.WAITING:
            look.gaps[row.person_id] = Unchecked.DOUBTFUL
        else:
            rows[row.person_id].append(row)
    if (asked := asked_by(look.delivery)) is not None:
        look.gaps |= dict.fromkeys(set(people) - set(rows) - asked, str(Unchecked.NOT_COVERED))
    for why, fitting in silent.items():
        for person_id in fitting.get(look.delivery.id, ()):
            if person_id not in rows:
                look.gaps.setdefault(person_id, why)
    found = told(look.delivery, source.found, rows, people, on)
    look.hits = found.hits - set(look.gaps)
    return found


def _news(tellings: Mapping[str, Told], people: Mapping[int, Covered], on: date) -> list[Judged]:
    """What goes beyond the decisions in force, family by family."""
    causes = defaultdict[int, list[Cause]](list)
    for one in tellings.values():
        for cause in one.causes:
            causes[cause.person.household_id].append(cause)
    decisions = {home: some[0].person.decision_id for home, some in causes.items()}
    facts = decided_facts(list(decisions.values()))
    found = list[Judged]()
    for home, some in causes.items():
        owned = {source: one.owned[home] for source, one in tellings.items() if home in one.owned}
        decided: dict[str, Any] = json.loads(facts.get(decisions[home], "{}"))
        assets = merged_assets(each["financial_assets"] for each in owned.values() if each.get("financial_assets"))
        found += judged(some, decided, assets, owned, on)
    return found
