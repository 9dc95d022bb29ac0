"""家庭财产: read what is owned; money of all kinds, dwellings and houses, vehicles and businesses."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from opendibao.kernel.month import age_on, months_between
from opendibao.rules import fields
from opendibao.rules.fields import CaseError
from opendibao.rules.item_sums import Row
from opendibao.rules.vocabulary import (
    COUNTED_VEHICLES,
    EXEMPT_ASSETS,
    HOUSE_SALE,
    STRUCTURES,
    VEHICLE_KINDS,
    VEHICLE_USES,
    WORDS,
)

MONEY_KINDS = ("deposits", "securities", "funds", "insurance", "claims", "online")
"""存款、证券、基金、商业保险、债权、互联网金融资产."""
HOUSE_KINDS = ("self_built", "bought")
_OF_ANYBODY = frozenset(["financial_assets", "dwellings", "vehicles", "companies"])
_OF_A_HOUSEHOLD = _OF_ANYBODY | {"exempt_assets", "houses"}
_VEHICLE = frozenset(["kind", "use", "bought", "price", "comparables"])
_NOTHING: Mapping[str, Any] = {}


@dataclass(slots=True)
class Holdings:
    """What is owned: fen, counts, the exempt uses of vehicles; by entity the rows of things worth valuing."""

    assets: int = 0
    dwellings: int = 0
    cars: int = 0
    exempt: list[str] = field(default_factory=list)
    companies: int = 0
    rows: dict[str, list[Row]] = field(default_factory=dict)
    names: dict[str, list[str]] = field(default_factory=dict)

    def put(self, entity: str, name: str, *row: int) -> None:
        """Add a row of an entity, and what it is called in a trace."""
        self.rows.setdefault(entity, []).append(row)
        self.names.setdefault(entity, []).append(name)


def read_holdings(value: object, key: str, on: date, *, of_a_household: bool = True) -> Holdings:
    """Read `property`; a supporter's has no houses and exemptions. Raises CaseError."""
    known = _OF_A_HOUSEHOLD if of_a_household else _OF_ANYBODY
    owned = _NOTHING if value is None else fields.mapping(value, key, known)
    found = Holdings()
    found.assets = _financial_assets(owned.get("financial_assets"), f"{key}.financial_assets")
    for place, raw in enumerate(fields.rows(owned.get("exempt_assets"), f"{key}.exempt_assets")):
        _exempt_asset(raw, f"{key}.exempt_assets[{place}]", on, found)
    if sum(row[1] for row in found.rows.get("exempt_asset", ())) > found.assets:
        raise CaseError(f"{key}.exempt_assets", "可以豁免的款项是金融资产的一部分，合计不能多于 financial_assets")
    for place, raw in enumerate(fields.rows(owned.get("houses"), f"{key}.houses")):
        _house(raw, f"{key}.houses[{place}]", on, found)
    found.dwellings = _dwellings(owned, key, len(found.rows.get("house", ())))
    for place, raw in enumerate(fields.rows(owned.get("vehicles"), f"{key}.vehicles")):
        _vehicle(raw, f"{key}.vehicles[{place}]", on, found)
    found.companies = fields.count(owned.get("companies", 0), f"{key}.companies")
    return found


def _financial_assets(value: object, key: str) -> int:
    if not isinstance(value, Mapping):
        return fields.optional_money(value, key)
    kinds = fields.mapping(value, key, frozenset(MONEY_KINDS))
    found = sum(fields.money(amount, f"{key}.{kind}") for kind, amount in kinds.items())
    if found > fields.MOST_YUAN * 100:
        raise CaseError(key, "合计大得不可能，请核对是否多写了零")
    return found


def _exempt_asset(raw: object, key: str, on: date, found: Holdings) -> None:
    item = fields.mapping(raw, key, frozenset({"kind", "amount", "received"}))
    kind = fields.word(item.get("kind"), f"{key}.kind", EXEMPT_ASSETS, required=True)
    amount = fields.more_than_nothing(item.get("amount"), f"{key}.amount")
    held = 0
    if kind == HOUSE_SALE or item.get("received") is not None:
        received = fields.past_day(item.get("received"), f"{key}.received", on)
        held = months_between(received, on) - 1
    found.put("exempt_asset", WORDS["exempt_kind"][kind], kind, amount, held)


def _dwellings(owned: Mapping[str, Any], key: str, houses: int) -> int:
    stated = fields.count(owned.get("dwellings", houses), f"{key}.dwellings")
    if stated < houses:
        raise CaseError(f"{key}.dwellings", f"写了{stated}套，houses 却列了{houses}处，请核对")
    return stated


def _house(raw: object, key: str, on: date, found: Holdings) -> None:
    item = fields.mapping(raw, key, frozenset({"kind", "area_m2", "built", "structure", "comparables"}))
    kind = HOUSE_KINDS[fields.word(item.get("kind"), f"{key}.kind", HOUSE_KINDS, required=True)]
    price = fields.median(item.get("comparables"), f"{key}.comparables", fields.MOST_OF["comparable_price"] // 100)
    if kind == "bought" and not price:
        raise CaseError(f"{key}.comparables", "购买的房屋按可比价估，至少写三个可比价（元每平方米）")
    area = fields.count(item.get("area_m2"), f"{key}.area_m2", 1, fields.MOST_OF["house_area"])
    built = fields.count(item.get("built"), f"{key}.built", on.year - fields.OLDEST, on.year)
    structure = fields.word(item.get("structure"), f"{key}.structure", STRUCTURES, required=True)
    name = f"第{len(found.rows.get('house', ())) + 1}处房屋"
    found.put("house", name, structure, area, on.year - built, price)


def _vehicle(raw: object, key: str, on: date, found: Holdings) -> None:
    item = fields.mapping(raw, key, _VEHICLE)
    kind = VEHICLE_KINDS[fields.word(item.get("kind"), f"{key}.kind", VEHICLE_KINDS, required=True)]
    use = VEHICLE_USES[fields.word(item.get("use"), f"{key}.use", VEHICLE_USES)]
    worth = _worth(item, key, on)
    if kind not in COUNTED_VEHICLES:
        return
    if use != "private":
        found.exempt.append(use)
        return
    found.cars += 1
    if worth:
        found.put("vehicle", f"第{found.cars}辆车", *worth)


def _worth(item: Mapping[str, Any], key: str, on: date) -> Row | None:
    """(price, years since, median of comparables) where one of them is written."""
    comparable = fields.median(item.get("comparables"), f"{key}.comparables", fields.MOST_ITEM_YUAN)
    if item.get("price") is None and item.get("bought") is None:
        return (0, 0, comparable) if comparable else None
    price = fields.more_than_nothing(item.get("price"), f"{key}.price", fields.MOST_ITEM_YUAN)
    bought = fields.past_day(item.get("bought"), f"{key}.bought", on)
    return price, age_on(bought, on), comparable
