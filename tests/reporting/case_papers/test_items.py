"""申报项目: every kind that the rules read has its words, and amounts are said as they were stated."""

import pytest

from opendibao.reporting.case_papers.items import (
    CATEGORIES,
    HOUSES,
    INCOMES,
    MONEY,
    SPENDING,
    USES,
    VEHICLES,
    holdings,
    incomes,
    spendings,
)
from opendibao.rules.holdings import HOUSE_KINDS, MONEY_KINDS
from opendibao.rules.items import INCOME_KINDS, SPENDING_KINDS
from opendibao.rules.vocabulary import VEHICLE_KINDS, VEHICLE_USES


def of(**item: object) -> tuple[str, str, int | None]:
    (found,) = incomes({"members": [{"name": "甲", "income": [item]}]})
    return found.category, found.said, found.fen


def test_every_kind_of_the_rules_has_its_words() -> None:
    assert set(INCOMES) == set(INCOME_KINDS)
    assert set(SPENDING) == set(SPENDING_KINDS)
    assert set(MONEY) == set(MONEY_KINDS)
    assert set(VEHICLES) == set(VEHICLE_KINDS)
    assert set(USES) == set(VEHICLE_USES)
    assert set(HOUSES) == set(HOUSE_KINDS)
    assert {category for _, category in INCOMES.values()} == set(CATEGORIES)


@pytest.mark.parametrize(
    ("item", "category", "said", "fen"),
    [
        ({"kind": "wages", "amount": 1200, "per": "month", "months": 8}, "工资性收入",
         "每月1,200.00元，8个月", 960_000),
        ({"kind": "wages", "amount": "99.5", "per": "year"}, "工资性收入", "一年99.50元", 9_950),
        ({"kind": "farming", "mu": "9.6"}, "经营净收入", "9.6亩", None),
        ({"kind": "odd_jobs", "trade": "loading", "days": 12, "evidence": "C"}, "工资性收入",
         "装卸，12天，日工资按当地参数，证据C", None),
        ({"kind": "livestock", "animal": "pig", "sold": 4}, "经营净收入", "猪，一年出售4", None),
        ({"kind": "rent", "amount": 300, "per": "month", "cost": 50}, "财产净收入",
         "每月300.00元，12个月，费用50.00元", None),
        ({"kind": "resident_pension", "amount": 150, "basic": 123, "per": "month"}, "转移净收入",
         "每月150.00元，12个月，其中基础养老金123.00元", 180_000),
        ({"kind": "remittance", "amount": 500, "per": "month", "from": "女儿"}, "转移净收入",
         "每月500.00元，12个月，来自女儿", 600_000),
        ({"kind": "compensation", "amount": 30000, "received": "2023-05-01"}, "转移净收入",
         "2023-05-01收到30,000.00元", None),
        ({"kind": "asset_sale", "amount": 800}, "财产净收入", "800.00元", 80_000),
    ],
)  # fmt: skip
def test_an_income_is_said_as_it_was_stated(item: dict[str, object], category: str, said: str, fen: int | None) -> None:
    assert of(**item) == (category, said, fen)


def test_incomes_stand_in_the_order_of_the_law() -> None:
    kinds = ("other", "employee_pension", "interest", "farming", "wages")
    found = incomes({"members": [{"name": "甲", "income": [{"kind": kind, "mu": 1, "amount": 1, "per": "year"}
                                                          for kind in kinds]}]})  # fmt: skip

    assert [one.kind for one in found] == list(reversed(kinds))


def test_property_names_what_there_is_and_what_there_is_not() -> None:
    owned = {
        "financial_assets": {"deposits": "1234.5", "claims": 800}, "dwellings": 2,
        "exempt_assets": [{"kind": "house_sale", "amount": 500, "received": "2024-01-05"}],
        "houses": [{"kind": "self_built", "area_m2": 90, "built": 1999, "structure": "timber"}],
        "vehicles": [{"kind": "truck", "use": "livelihood", "bought": "2020-02-03", "price": 40000}],
    }  # fmt: skip

    assert [(one.zh, one.said) for one in holdings({"property": owned})] == [
        ("银行存款", "1,234.50元"), ("债权", "800.00元"), ("其中售房款", "500.00元，2024-01-05收到"), ("住房", "2套"),
        ("自建房", "90平方米，1999年建，土木"), ("货车", "谋生工具，2020-02-03，40,000.00元买"),
        ("名下市场主体", "0个"),
    ]  # fmt: skip
    assert [(one.zh, one.said) for one in holdings({})] == [
        ("存款等金融资产", "0.00元"), ("住房", "0套"), ("车辆船舶", "无"), ("名下市场主体", "0个"),
    ]  # fmt: skip


def test_spending_is_said_with_its_year() -> None:
    (one,) = spendings({"members": [{"name": "甲", "spending": [{"kind": "tax", "amount": 5, "per": "month"}]}]})

    assert (one.member, one.zh, one.said, one.fen, one.amount) == ("甲", "税款", "每月5.00元，12个月", 6_000, "60.00")
