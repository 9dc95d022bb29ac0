"""外人: rows about people who are not of our families, some of whom have the same names; they must find nobody."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

from opendibao.demo.departments.homes import Home, Subject
from opendibao.demo.departments.records import Record
from opendibao.kernel.ids import DEMO_PREFIX, check_digit
from opendibao.kernel.month import month_of, month_text

PER_HUNDRED, LEAST = 6, 12
"""So many strangers on a hundred records, and in the smallest register."""
NAMELESS_PER_THOUSAND = 2
"""Of a thousand records so many have another's name and neither number nor birthday: whose they are cannot be told."""
AWAY = timedelta(days=2000)
LONG_AGO = date(2015, 3, 1)
NUMBERS = ("unit_no", "plate", "account", "person_no", "credit_code", "policy_no")
SPOILT: Mapping[str, tuple[str, str]] = {
    "vehicles": ("kind", "待核"), "bank_deposits": ("balance", "见明细"), "social_insurance": ("amount", "未核定"),
    "real_estate": ("use", "其他"),
}  # fmt: skip
"""What a department's clerk typed into a cell where it cannot stand: such a row goes back."""
SPOILT_ROWS, SPOILT_FROM = 3, 60


def _anybody(day: date) -> Mapping[str, Mapping[str, Any]]:
    """What a small register says of somebody who is none of ours."""
    return {
        "tax": {
            "month": month_text(month_of(day)), "employer": "演示县政工程公司", "item": "labour", "amount": 120_000
        },
        "business_registration": {
            "credit_code": "99999900W", "company": "演示茶叶店", "kind": "trader", "role": "operator"
        },
        "civil_registry": {"kind": "divorced", "since": LONG_AGO},
        "farm_subsidies": {"kind": "grain", "year": day.year, "mu": 250},
        "housing_fund": {"since": "2010-01", "state": "closed"},
        "insurance": {"company": "演示人寿", "policy_no": "P", "kind": "health", "cash_value": 0, "as_of": day},
        "securities": {"institution": "演示证券", "account": "S", "kind": "fund", "balance": 300_000, "as_of": day},
        "social_insurance": {
            "person_no": "W", "kind": "employee", "since": "2018-01", "last_paid": month_text(month_of(day)),
            "employer": "演示县政工程公司",
        },
        "other_assistance": {"kind": "tekun", "place": "演示县", "since": "2019-01"},
        "prisons": {"kind": "outside", "since": LONG_AGO},
        "vehicles": {"plate": "演W", "kind": "truck", "use": "livelihood"},
        "real_estate": {"unit_no": "360429W", "address": "演示县城", "use": "dwelling"},
    }  # fmt: skip


def strangers(source: str, records: Sequence[Record], homes: Sequence[Home], day: date) -> list[Record]:
    """Records made after those of our people: the name of one, the number and birthday of nobody of them."""
    rng = Random(f"strangers {source} {len(homes)}")
    count = len(records) * PER_HUNDRED // 100
    found = [_like(record, rng) for record in rng.sample(list(records), count)]
    if said := _anybody(day).get(source):
        found += [_one(source, said, rng.choice(homes), rng, turn) for turn in range(max(LEAST // 4, LEAST - count))]
    bare = len(records) * NAMELESS_PER_THOUSAND // 1000
    return [_nameless(one) if place < bare else one for place, one in enumerate(found)]


def spoilt(source: str, records: Sequence[Record], rows: Sequence[dict[str, str]]) -> None:
    """Spoil a cell in a few of the strangers' rows of a large file."""
    if source not in SPOILT or len(rows) < SPOILT_FROM:
        return
    name, words = SPOILT[source]
    theirs = [row for record, row in zip(records, rows, strict=True) if record.key.endswith("stranger")]
    for row in theirs[:SPOILT_ROWS]:
        row[name] = words


def _nameless(record: Record) -> Record:
    """Nothing but a name is left."""
    return replace(record, subject=replace(record.subject, id_number="", born="", phone=""))


def _one(source: str, said: Mapping[str, Any], home: Home, rng: Random, turn: int) -> Record:
    subject = next(iter(home.subjects.values()))
    payload = {name: f"{value}{turn}" if name in NUMBERS else value for name, value in said.items()}
    return Record(source, _stranger(subject, rng), payload, f"{turn} stranger")


def _like(record: Record, rng: Random) -> Record:
    payload = {name: f"{value}W" if name in NUMBERS else value for name, value in record.payload.items()}
    subject = _stranger(record.subject, rng)
    return replace(record, subject=subject, payload=payload, key=f"{record.key} stranger", hidden="")


def _stranger(like: Subject, rng: Random) -> Subject:
    """Somebody of the same name and another birthday."""
    born = date.fromisoformat(like.born) - AWAY + timedelta(days=rng.randrange(900))
    first17 = f"{DEMO_PREFIX}{born:%Y%m%d}{rng.randrange(0, 999):03d}"
    return Subject(first17 + check_digit(first17), like.name, like.sex, str(born), like.division, "")
