"""快照里的家庭写成 CASE 文件: the first households of a snapshot as anybody would write them down by hand."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from opendibao.kernel.month import add_months, month_of
from opendibao.rules import vocabulary as v
from opendibao.rules.facts import FACTS, OF_HOUSEHOLD, OF_MEMBER, PARENTS
from opendibao.rules.snapshot import BadSnapshot, read_manifest
from opendibao.rules.snapshot_reading import groups
from opendibao.rules.snapshot_usual import Rows

Row: TypeAlias = Mapping[str, int]
Item: TypeAlias = dict[str, Any]
_PLAIN = {
    "land_rent": "land_rent", "interest": "interest", "employee_pension": "employee_pension",
    "old_age_allowance": "old_age_allowance", "preferential_pension": "preferential_pension",
    "scholarship": "scholarship", "social_assistance": "social_assistance", "other_income": "other",
}  # fmt: skip
_SPENDING = {
    "social_insurance": "social_insurance", "tax": "tax", "medical": "medical_self_paid",
    "disability_care": "disability_care", "education": "education", "support_paid": "support_paid",
}  # fmt: skip


def write_cases(folder: Path, count: int, on: date) -> int:
    """Write the first `count` households to `cases/<household_id>.yaml`, to be decided on a day; how many there were.

    Raises BadSnapshot where somebody is born, or something happened, after that day.
    """
    if not count:
        return 0
    policy, written = read_manifest(folder).policy, 0
    (folder / "cases").mkdir()
    for number, case in cases(next(groups(folder)), count, on, policy):
        text = yaml.safe_dump(case, allow_unicode=True, sort_keys=False)
        (folder / "cases" / f"{number}.yaml").write_text(text, "utf-8")
        written += 1
    return written


def cases(rows: Mapping[str, Rows], count: int, on: date, policy: str) -> Iterator[tuple[int, Item]]:
    """(household_id, CASE) of the first households of a group."""
    by_entity = {entity: _by_parent(rows[entity], str(PARENTS[entity])) for entity in FACTS if PARENTS[entity]}
    for place, household in zip(range(count), _listed(rows["household"]), strict=False):
        members = by_entity["member"].get(place, [])
        if any(member["born"] > int(f"{on:%Y%m%d}") for _, member in members):
            raise BadSnapshot(f"快照里有人在{on}还没有出生，请给一个更晚的决定日期")
        below = {entity: by_entity[entity] for entity in (*OF_MEMBER, "supporter")}
        owned = {entity: [row for _, row in by_entity[entity].get(place, [])] for entity in OF_HOUSEHOLD}
        yield household["household_id"], _case(household, members, below, owned, on, policy)


_Places: TypeAlias = dict[int, list[tuple[int, Row]]]


def _listed(rows: Rows) -> Iterator[Row]:
    columns = {name: column.tolist() for name, column in rows.items()}
    return (dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True))


def _by_parent(rows: Rows, upper: str) -> _Places:
    """(place, row) of each row under the place of the row it belongs to."""
    found: _Places = {}
    for place, row in enumerate(_listed(rows)):
        found.setdefault(row[upper], []).append((place, row))
    return found


def _case(
    household: Row,
    members: list[tuple[int, Row]],
    below: Mapping[str, _Places],
    owned: Mapping[str, list[Row]],
    on: date,
    policy: str,
) -> Item:
    case: Item = {
        "decision_date": on.isoformat(),
        "policy": policy,
        "area": _area(household["is_urban"]),
        "benefit_mode": "tier" if household["uses_tiers"] else "gap",
        "members": [],
        "supporters": [],
        "property": _property(household, owned, on),
    }
    if household["current_benefit"]:
        cause = {"exit_cause": "employment"} if household["left_by_employment"] else {}
        case["current"] = {"benefit": yuan(household["current_benefit"]), **cause}
    for number, (place, member) in enumerate(members, 1):
        items = {entity: [row for _, row in found.get(place, [])] for entity, found in below.items()}
        case["members"].append(_member(f"成员{number}", member, items, on))
        case["supporters"] += [_supporter(f"成员{number}", row) for row in items["supporter"]]
    for number, supporter in enumerate(case["supporters"], 1):
        supporter["name"] = f"义务人{number}"
    return case


def yuan(fen: int) -> str:
    """Fen as a case file has them, in yuan with two decimals."""
    return f"{fen // 100}.{fen % 100:02d}"


def _area(is_urban: int) -> str:
    return "urban" if is_urban else "rural"


def _day(number: int) -> str:
    return f"{number // 10_000:04d}-{number // 100 % 100:02d}-{number % 100:02d}"


def _disability(row: Row, before: str = "") -> Item:
    kind, grade = row[f"{before}disability_kind"], row[f"{before}disability_grade"]
    return {"disability": {"kind": v.DISABILITIES[kind], "grade": grade}} if kind else {}


def _member(name: str, row: Row, items: Mapping[str, list[Row]], on: date) -> Item:
    died = row["death_month"]
    yes_no = ("lives_together", "married_out", "severe_illness", "special_hardship", "excluded_by_province")
    words = {
        "study": v.STUDIES[row["study"]],
        "absent": v.ABSENCES[row["absent"]],
        "already": v.ALREADY[row["already"]],
    }
    return {
        "name": name,
        "born": _day(row["born"]),
        "relation": v.RELATIONS[row["relation"]],
        **{fact: bool(row[fact]) for fact in yes_no},
        **{fact: word for fact, word in words.items() if word},
        **_disability(row),
        **({} if died == v.NEVER else {"died": f"{died // 12:04d}-{died % 12 + 1:02d}-01"}),
        "work_refusals": row["work_refusals"],
        "income": [*_income(row), *(_ITEMS[entity](one, on) for entity in OF_MEMBER for one in items[entity])],
        "spending": [_amount(kind, row[fact]) for fact, kind in _SPENDING.items() if row[fact]],
    }


def _amount(kind: str, fen: int, **more: object) -> Item:
    return {"kind": kind, "amount": yuan(fen), "per": "year", **more}


def _income(row: Row) -> Iterator[Item]:
    yield from (_amount(kind, row[fact]) for fact, kind in _PLAIN.items() if row[fact])
    if row["farm_mu"]:
        yield {"kind": "farming", "mu": yuan(row["farm_mu"])}
    if row["business_revenue"] or row["business_cost"]:
        revenue, cost = yuan(row["business_revenue"]), yuan(row["business_cost"])
        yield {"kind": "business", "revenue": revenue, "cost": cost, "per": "year"}
    if split := row["resident_pension"] - row["unsplit_pension"]:
        yield _amount("resident_pension", split, basic=yuan(row["basic_pension"]))
    if row["unsplit_months"]:
        yield _amount("resident_pension", row["unsplit_pension"], months=row["unsplit_months"])
    if row["has_support_order"]:
        yield _amount("support_received", row["support_received"], basis="court", owed=yuan(row["support_owed"]))


def _stated(name: str, fen: int) -> Item:
    return {name: yuan(fen)} if fen else {}


def _comparables(fen: int) -> Item:
    return {"comparables": [yuan(fen)] * 3} if fen else {}


def _months_before(on: date, count: int) -> str:
    return add_months(month_of(on), -count).isoformat()


def _receipt(row: Row, on: date) -> Item:
    kind = v.RECEIPTS[row["receipt_kind"]]
    period = {} if kind == "asset_sale" else {"per": "year"}
    return {"kind": kind, "amount": yuan(row["receipt_amount"]), **period, **_stated("cost", row["receipt_cost"])}


_ITEMS: dict[str, Callable[[Row, date], Item]] = {
    "job": lambda row, on: _amount("wages", row["pay"], months=row["months"]),
    "odd_job": lambda row, on: {
        "kind": "odd_jobs", "trade": v.WORK_TRADES[row["odd_trade"]], "days": row["odd_days"],
        "evidence": v.EVIDENCES[row["evidence"]], **_stated("day_wage", row["day_wage"]),
    },
    "season": lambda row, on: {
        "kind": "seasonal_wages", "trade": v.WORK_TRADES[row["season_trade"]], "months": row["season_months"],
        **_stated("amount", row["season_pay"]),
    },
    "crop": lambda row, on: {"kind": "crops", "crop": v.CROPS[row["crop_kind"]], "mu": yuan(row["crop_mu"])},
    "herd": lambda row, on: {"kind": "livestock", "animal": v.ANIMALS[row["animal"]], "sold": row["sold"]},
    "shop": lambda row, on: {
        "kind": "self_employed", "trade": v.SHOP_TRADES[row["shop_trade"]], "months": row["shop_months"],
    },
    "plot": lambda row, on: {
        "kind": "land_transfer", "mu": yuan(row["plot_mu"]), **_stated("amount", row["plot_rent"]),
    },
    "receipt": _receipt,
    "compensation": lambda row, on: {
        "kind": "compensation", "amount": yuan(row["compensation_amount"]),
        "received": _months_before(on, row["months_ago"] - 1),
    },
}  # fmt: skip


def _property(household: Row, owned: Mapping[str, list[Row]], on: date) -> Item:
    plain = household["cars"] - len(owned["vehicle"])
    return {
        "financial_assets": yuan(household["financial_assets"]),
        "exempt_assets": [_exempt_asset(row, on) for row in owned["exempt_asset"]],
        "houses": [_house(row, on) for row in owned["house"]],
        "dwellings": household["dwellings"],
        "vehicles": [
            *(_vehicle(row, on) for row in owned["vehicle"]),
            *({"kind": "car"} for _ in range(plain)),
            *({"kind": "car", "use": "livelihood"} for _ in range(household["exempt_cars"])),
        ],
        "companies": household["companies"],
    }


def _exempt_asset(row: Row, on: date) -> Item:
    received = _months_before(on, row["held_months"])
    return {"kind": v.EXEMPT_ASSETS[row["exempt_kind"]], "amount": yuan(row["exempt_amount"]), "received": received}


def _house(row: Row, on: date) -> Item:
    return {
        "kind": "self_built",
        "structure": v.STRUCTURES[row["house_structure"]],
        "area_m2": row["house_area"],
        "built": on.year - row["house_age"],
        **_comparables(row["comparable_price"]),
    }


def _vehicle(row: Row, on: date) -> Item:
    bought = {"bought": f"{on.year - row['vehicle_age']}-{on.month:02d}-01"} if row["vehicle_price"] else {}
    return {
        "kind": "car", **bought, **_stated("price", row["vehicle_price"]), **_comparables(row["vehicle_comparable"]),
    }  # fmt: skip


def _supporter(of: str, row: Row) -> Item:
    return {
        "name": "",
        "of": of,
        **({"born": _day(row["born"])} if row["born"] else {}),
        "area": _area(row["supporter_is_urban"]),
        "household_size": row["household_size"],
        "income": {"amount": yuan(row["supporter_income"]), "per": "year"},
        "supports": row["supports"],
        **({"status": v.SUPPORTER_STATUSES[row["status"]]} if row["status"] else {}),
        **_disability(row, "supporter_"),
        "property": {
            "financial_assets": yuan(row["supporter_assets"]),
            "dwellings": row["supporter_dwellings"],
            "vehicles": [{"kind": "car"}] * row["supporter_cars"],
        },
        "pays": {"amount": yuan(row["supporter_pays"]), "per": "year"},
    }
