import re
from pathlib import Path

import pytest

from opendibao.policy.reader import load_pack, pack_names
from opendibao.rules import vocabulary as v
from opendibao.rules.assess import assess
from opendibao.rules.book import rule_book
from opendibao.rules.case import parse_case
from opendibao.rules.case_file import read_case
from opendibao.rules.facts import FACTS, OF_HOUSEHOLD, OF_MEMBER
from opendibao.rules.fields import CaseError
from opendibao.rules.holdings import HOUSE_KINDS, MONEY_KINDS
from opendibao.rules.items import INCOME_KINDS, SPENDING_KINDS
from tests.rules.item_cases import DAY, household_of

GUIDE = (Path(__file__).parents[2] / "docs/guide/case-file.md").read_text("utf-8")
EXAMPLES = re.findall(r"```yaml\n(.*?)```", GUIDE, re.S)
FAMILY = """\
decision_date: 2024-05-20
policy: jx-demo-2024
area: rural
members:
  - name: 甲
    born: 1980-01-01
    relation: head
    income:
      - {kind: odd_jobs, trade: construction, days: 60, day_wage: 150, evidence: B}
      - {kind: compensation, amount: 36000, received: 2023-08-01}
property:
  financial_assets: {deposits: 6000, funds: 100}
  exempt_assets:
    - {kind: house_sale, amount: 5000, received: 2024-01-10}
  houses:
    - {kind: self_built, area_m2: 90, built: 2001, structure: brick}
  vehicles:
    - {kind: car, bought: 2014-05-20, price: 60000}
"""


@pytest.mark.parametrize(
    ("old", "new", "key", "line"),
    [
        ("days: 60", "days: 60.5", "members[0].income[0].days", 9),
        ("days: 60", "hours: 60", "members[0].income[0].hours", 9),
        ("day_wage: 150", "day_wage: 150.001", "members[0].income[0].day_wage", 9),
        ("evidence: B", "evidence: b", "members[0].income[0].evidence", 9),
        ("received: 2023-08-01", "received: 2023-02-29", "members[0].income[1].received", 10),
        ("received: 2023-08-01", "received: 1890-01-01", "members[0].income[1].received", 10),
        ("received: 2023-08-01", "received: 2023-08-01, per: year", "members[0].income[1].per", 10),
        ("funds: 100", "funds: -100", "property.financial_assets.funds", 12),
        ("funds: 100", "stocks: 100", "property.financial_assets.stocks", 12),
        ("deposits: 6000, funds: 100", "deposits: 90000000, funds: 90000000", "property.financial_assets", 12),
        ("amount: 5000", "amount: 6100.01", "property.exempt_assets", 13),
        ("received: 2024-01-10", "received: 2024-05-21", "property.exempt_assets[0].received", 14),
        ("area_m2: 90", "area_m2: -90", "property.houses[0].area_m2", 16),
        ("structure: brick", "structure: brick, comparables: 980", "property.houses[0].comparables", 16),
        ("structure: brick", "structure: brick, comparables: [1, 2, 0]", "property.houses[0].comparables[2]", 16),
        ("price: 60000", "price: 0", "property.vehicles[0].price", 18),
    ],
)
def test_a_doubtful_item_is_refused_by_key_and_line(old: str, new: str, key: str, line: int) -> None:
    with pytest.raises(CaseError) as refusal:
        read_case(FAMILY.replace(old, new, 1))

    assert (refusal.value.key, refusal.value.line) == (key, line)


def test_a_supporter_has_no_houses_to_value() -> None:
    case = household_of({"supporter": {"property": {"houses": []}}})

    with pytest.raises(CaseError, match="houses"):
        parse_case(case)


def test_every_row_of_an_item_is_somebodys_or_has_a_name_of_its_own() -> None:
    case = read_case(FAMILY)

    names, rows = case.names(), case.facts().rows

    assert names["odd_job"] == names["compensation"] == ["甲"]
    assert names["house"] == ["第1处房屋"]
    assert names["vehicle"] == ["第1辆车"]
    assert all(len(rows[entity]) == len(names.get(entity, ())) for entity in (*OF_MEMBER, *OF_HOUSEHOLD))


def test_items_that_nobody_has_are_no_rows() -> None:
    rows = parse_case(household_of({})).facts().rows

    assert set(rows) == set(FACTS)
    assert not any(rows[entity] for entity in (*OF_MEMBER, *OF_HOUSEHOLD))


def test_every_row_holds_the_facts_of_its_entity() -> None:
    rows = read_case(FAMILY).facts().rows

    assert all(len(row) == len(FACTS[entity]) for entity, found in rows.items() for row in found)


def test_the_items_of_two_members_stay_with_their_own() -> None:
    # 甲: a pig 300 yuan and a mu of tea 1500; 丙: two pigs 600
    case = household_of(
        {"items": [{"kind": "livestock", "animal": "pig", "sold": 1}, {"kind": "crops", "crop": "tea", "mu": 1}]}
    )
    pigs = [{"kind": "livestock", "animal": "pig", "sold": 2}]
    case["members"].append({"name": "丙", "born": "1985-01-01", "relation": "spouse", "income": pigs})

    steps = {step.name: step for step in assess(parse_case(case)).trace}

    assert list(steps["business"].values) == [180_000, 60_000]
    assert list(steps["herd_income"].owners) == ["甲", "丙"]


def test_a_car_of_little_value_is_left_out_where_the_province_says_so() -> None:
    # 60000 × 5 % = 3000 yuan: more than nought months (demo), less than ten months of the standard (coast)
    case = household_of({"property": {"vehicles": [{"kind": "car", "bought": "2014-05-20", "price": 60000}]}})

    hills, coast = (assess(parse_case(case | {"policy": name})) for name in ("jx-demo-2024", "demo-coast-2024"))

    assert (hills.outcome, coast.outcome) == ("none", "dibao")


@pytest.mark.parametrize("pack", pack_names())
def test_a_province_has_a_number_for_every_kind(pack: str) -> None:
    numbers = load_pack(pack).on(DAY)

    assert [path for path in rule_book().on(DAY).parameters if not numbers.has([path])] == []


def test_every_coded_fact_of_an_item_has_words() -> None:
    coded = [name for e in (*OF_MEMBER, *OF_HOUSEHOLD) for name, fact in FACTS[e].items() if fact.unit == "code"]

    assert [name for name in coded if not v.WORDS.get(name)] == []
    assert len(v.WORDS["odd_trade"]) == len(v.WORK_TRADES)
    assert len(v.WORDS["receipt_kind"]) == len(v.RECEIPTS)


@pytest.mark.parametrize("text", EXAMPLES)
def test_the_examples_of_the_guide_can_be_decided(text: str) -> None:
    assert assess(read_case(text)).outcome != "rule_gap"


def test_the_guide_names_every_word_that_a_case_may_use() -> None:
    words = {
        *INCOME_KINDS, *SPENDING_KINDS, *MONEY_KINDS, *HOUSE_KINDS, *v.WORK_TRADES, *v.EVIDENCES, *v.CROPS, *v.ANIMALS,
        *v.SHOP_TRADES, *v.STRUCTURES, *v.EXEMPT_ASSETS, *v.VEHICLE_KINDS, *v.VEHICLE_USES, *v.RELATIONS, *v.STUDIES,
        *v.ABSENCES, *v.ALREADY, *v.DISABILITIES, *v.SUPPORTER_STATUSES, *v.EXIT_CAUSES,
    } - {""}  # fmt: skip

    assert sorted(word for word in words if not re.search(rf"\b{word}\b", GUIDE)) == []
