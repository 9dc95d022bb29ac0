"""认人: departments' rows are linked to the people on the register by tiers; a person settles what is in doubt.

A link is a lead. Nothing here refuses, changes or stops anything.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.compute as pc
from django.db import transaction

from opendibao.audit.actions import record
from opendibao.audit.bulk import copy_rows
from opendibao.audit.duties import needs
from opendibao.audit.submissions import hold
from opendibao.kernel.duties import Duty
from opendibao.verification.deliveries.queries import RecordRow, current_deliveries, records_of
from opendibao.verification.known_people import everybody, person_table, record_table, rivals, some, tokens_of
from opendibao.verification.linkage.engine import Linked, link
from opendibao.verification.linkage.model import model_on
from opendibao.verification.linkage.normalising import normalise
from opendibao.verification.models import Delivery, Link, LinkState, NotSamePerson, Tier
from opendibao.verification.refusal import VerificationRefused
from opendibao.verification.sharing import by_delivery, sharing

COUNTY_TIME = ZoneInfo("Asia/Shanghai")
COLUMNS = (
    "record_id", "person_id", "division", "source", "row_key", "row_no", "tier", "score", "margin", "evidence", "model",
    "linked_at", "state", "settled_by", "settled_on", "note",
)  # fmt: skip
ONE_AT_A_TIME = "认人"
"""Two officers who link at once would store the same pair twice."""


@dataclass(frozen=True)
class LinkCounts:
    """What a linking made: people and rows held against each other, new links by tier."""

    people: int = 0
    records: int = 0
    confirmed: int = 0
    repaired: int = 0
    review: int = 0

    def plus(self, other: "LinkCounts") -> "LinkCounts":
        """Rows and links of both; the people are the same."""
        return LinkCounts(
            self.people, self.records + other.records, self.confirmed + other.confirmed,
            self.repaired + other.repaired, self.review + other.review,
        )  # fmt: skip


@dataclass(frozen=True)
class Batch:
    """Rows by source, and all of them normalised."""

    rows: Mapping[str, Sequence[RecordRow]]
    table: pa.Table


@dataclass(frozen=True)
class Made:
    """A link with its row, the source it came from and the weights it was made by."""

    link: Linked
    source: str
    row: RecordRow
    version: str


@dataclass(frozen=True)
class _Settled:
    """What somebody said of a doubtful link of an earlier delivery."""

    by: str
    on: date
    note: str


@needs(Duty.CONFIRM)
def link_delivery(delivery_id: int, *, at: datetime) -> LinkCounts:
    """认人（整份数据）: hold everybody on the register against all rows of a delivery; a second run adds what is new.

    Raises VerificationRefused where there is no such delivery, or its rows were cleared.
    """
    return link_deliveries([delivery_id], at=at)


@needs(Duty.CONFIRM)
@transaction.atomic
def link_deliveries(delivery_ids: Sequence[int], *, at: datetime) -> LinkCounts:
    """认人（几份数据）: the same for several deliveries of a day, everybody read once. Raises VerificationRefused."""
    hold(ONE_AT_A_TIME)
    held = [_held(delivery_id) for delivery_id in dict.fromkeys(delivery_ids)]
    people = everybody()
    divisions, persons = {one.key: one.division for one in people}, normalise(person_table(people)) if people else None
    whole, day = LinkCounts(people=len(people)), at.astimezone(COUNTY_TIME).date()
    for delivery in held:
        rows = records_of(delivery.pk)
        counts = LinkCounts(len(people), len(rows))
        if persons is not None and rows:
            batch = Batch({delivery.source: rows}, normalise(_table_of(rows)))
            counts = counts.plus(_store(_linked(persons, batch, day), divisions, at))
        delivery.linked_at = at
        delivery.save(update_fields=["linked_at"])
        _note(delivery, counts, at)
        whole = whole.plus(counts)
    return whole


@needs(Duty.CONFIRM)
@transaction.atomic
def link_people(person_ids: Collection[int], *, on: date, at: datetime) -> LinkCounts:
    """认人（这些人）: hold persons against the rows of the current deliveries that share a key with them.

    Whoever else could be meant stands beside them, so that a row goes to whom it fits best; only links of these
    persons are kept.
    """
    current, counts = current_deliveries(on), LinkCounts(people=len(set(person_ids)))
    sources = {one.id: source for source, one in current.items()}
    tokens = {token for several in tokens_of(some(person_ids)).values() for token in several}
    shared = sharing(list(sources), tokens)
    if not shared:
        return counts
    hold(ONE_AT_A_TIME)
    rows = {sources[delivery]: several for delivery, several in by_delivery(shared).items()}
    counts = counts.plus(LinkCounts(records=sum(len(several) for several in rows.values())))
    if not rows:
        return counts
    batch = Batch(rows, normalise(_table_of([row for several in rows.values() for row in several])))
    people = rivals(batch.table, person_ids)
    asked = {str(one) for one in person_ids}
    made = [each for each in _linked(normalise(person_table(people)), batch, on) if each.link.person in asked]
    return counts.plus(_store(made, {one.key: one.division for one in people}, at))


def _held(delivery_id: int) -> Delivery:
    """The delivery without its file, held. Raises VerificationRefused."""
    found = Delivery.objects.select_for_update(of=("self",)).filter(pk=delivery_id)
    delivery = found.only("id", "source", "division", "linked_at", "purged_on").first()
    if delivery is None:
        raise VerificationRefused("没有这份送达数据，或不在本人可见的区划内")
    if delivery.purged_on is not None:
        raise VerificationRefused(f"这份送达数据已于{delivery.purged_on}按保留期清除，不能再比对")
    return delivery


def _note(delivery: Delivery, counts: LinkCounts, at: datetime) -> None:
    found: dict[str, object] = {
        "source": delivery.source, "people": counts.people, "records": counts.records, "confirmed": counts.confirmed,
        "repaired": counts.repaired, "review": counts.review,
    }  # fmt: skip
    record("比对送达数据", f"送达数据 {delivery.pk}", division=delivery.division, at=at, payload=found)


def _table_of(rows: Sequence[RecordRow]) -> pa.Table:
    return record_table([(row.id, row.row) for row in rows])


def _linked(persons: pa.Table, batch: Batch, on: date) -> list[Made]:
    """Who the rows are about; sources whose weights are the same are linked together."""
    models = {source: model_on(on, source) for source in batch.rows}
    made = list[Made]()
    for version in sorted({model.version for model in models.values()}):
        sources = {source: rows for source, rows in batch.rows.items() if models[source].version == version}
        model = models[next(iter(sources))]
        known = {str(row.id): (source, row) for source, several in sources.items() for row in several}
        table = batch.table
        if len(sources) < len(batch.rows):
            table = table.filter(pc.is_in(table["key"], pa.array(list(known))))
        found = link(persons, table, model, never=_never(sources))
        made += [Made(one, *known[one.record], model.version) for one in found]
    return made


def _never(sources: Mapping[str, Sequence[RecordRow]]) -> list[tuple[str, str]]:
    """Pairs that somebody found not to be the same: never raised again, in whatever delivery the thing comes."""
    said = defaultdict(list)
    for person, source, key in NotSamePerson.objects.filter(
        source__in=sources, taken_back_on=None
    ).values_list("person_id", "source", "row_key"):  # fmt: skip
        said[source, key].append(str(person))
    return [
        (person, str(row.id))
        for source, rows in sources.items()
        for row in rows
        for person in said.get((source, row.row_key), ())
    ]


def _store(made: Sequence[Made], divisions: Mapping[str, str], at: datetime) -> LinkCounts:
    """Store new links: pairs that are known stay as they are, and a row that somebody gave to one goes to no other."""
    known = Link.objects.filter(record__in={each.row.id for each in made}).values_list(
        "person_id", "record_id", "state"
    )
    pairs = {(str(person), str(row)) for person, row, _state in known}
    given = {str(row) for _person, row, state in known if state == LinkState.SAME}
    fresh = [
        each
        for each in made
        if (each.link.person, each.link.record) not in pairs and each.link.record not in given
    ]  # fmt: skip
    settled = _settled({each.source for each in fresh})
    copy_rows("verification_link", COLUMNS, (_cells(each, divisions, settled, at) for each in fresh))
    tiers = [each.link.tier for each in fresh]
    return LinkCounts(0, 0, *(tiers.count(tier) for tier in Tier))


def _settled(sources: Collection[str]) -> dict[tuple[str, str, str], _Settled]:
    """Things that somebody gave to a person in an earlier delivery: nobody has to say it again."""
    rows = Link.objects.filter(source__in=sources, state=LinkState.SAME).order_by("settled_on", "id")
    return {
        (str(row.person_id), row.source, row.row_key): _Settled(row.settled_by, row.settled_on, row.note)
        for row in rows
        if row.settled_on
    }


def _cells(
    made: Made, divisions: Mapping[str, str], settled: Mapping[tuple[str, str, str], _Settled], at: datetime
) -> list[object]:
    one, row = made.link, made.row
    said = settled.get((one.person, made.source, row.row_key)) if one.tier == Tier.REVIEW else None
    state = LinkState.SAME if said else LinkState.WAITING if one.tier == Tier.REVIEW else LinkState.AUTOMATIC
    evidence = json.dumps([dict(each) for each in one.evidence], ensure_ascii=False)
    return [
        row.id, int(one.person), divisions[one.person], made.source, row.row_key, row.row_no, one.tier, one.score,
        one.margin, evidence, made.version, at, state.value,
        *([said.by, said.on, said.note] if said else ["", None, ""]),
    ]  # fmt: skip
