"""申报项目: income, spending and property of a case in words, item by item, as the forms list them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from opendibao.kernel.money import NotMoney, yuan, yuan_said
from opendibao.rules.vocabulary import (
    ANIMALS,
    CROPS,
    EXEMPT_ASSETS,
    SHOP_TRADES,
    STRUCTURES,
    WORDS,
    WORK_TRADES,
)

Facts = Mapping[str, Any]
WAGES, BUSINESS, PROPERTY, TRANSFERS, OTHER = "工资性收入", "经营净收入", "财产净收入", "转移净收入", "其他收入"
CATEGORIES = (WAGES, BUSINESS, PROPERTY, TRANSFERS, OTHER)
"""The five items of 57号 第十三条."""
INCOMES: Mapping[str, tuple[str, str]] = {
    "wages": ("工资薪金", WAGES),
    "odd_jobs": ("零工", WAGES),
    "seasonal_wages": ("季节性务工", WAGES),
    "farming": ("自种耕地", BUSINESS),
    "crops": ("种植", BUSINESS),
    "livestock": ("养殖", BUSINESS),
    "business": ("经营（有账）", BUSINESS),
    "self_employed": ("经营（无账）", BUSINESS),
    "interest": ("利息红利", PROPERTY),
    "dividends": ("股息红利", PROPERTY),
    "rent": ("出租房产", PROPERTY),
    "land_rent": ("土地流转租金", PROPERTY),
    "land_transfer": ("土地流转", PROPERTY),
    "asset_sale": ("出让动产不动产", PROPERTY),
    "resident_pension": ("城乡居民养老金", TRANSFERS),
    "employee_pension": ("职工养老金", TRANSFERS),
    "support_received": ("赡养抚养扶养费", TRANSFERS),
    "unemployment_benefit": ("失业保险金", TRANSFERS),
    "survivor_benefit": ("遗属补助金", TRANSFERS),
    "compensation": ("一次性赔偿", TRANSFERS),
    "donation": ("接受捐赠（赠送）", TRANSFERS),
    "remittance": ("亲友给的钱", TRANSFERS),
    "old_age_allowance": ("高龄津贴", TRANSFERS),
    "preferential_pension": ("优待抚恤金", TRANSFERS),
    "scholarship": ("奖学金", TRANSFERS),
    "social_assistance": ("社会救助款物", TRANSFERS),
    "family_planning_award": ("计划生育奖励与扶助金", TRANSFERS),
    "bravery_award": ("见义勇为奖励", TRANSFERS),
    "other": ("其他收入", OTHER),
}
"""Every kind of income that a case may name: its word and the item of the law it is listed under."""
SPENDING: Mapping[str, str] = {
    "medical_self_paid": "自付医疗费",
    "disability_care": "残疾护理费",
    "education": "教育支出",
    "social_insurance": "社会保险缴费",
    "tax": "税款",
    "support_paid": "赡养支出",
}
HOLDINGS = ("银行存款", "证券、基金", "商业保险", "债权", "互联网金融资产", "住房", "车辆船舶", "名下市场主体", "其他")
"""What a blank form asks about."""
MONEY = {
    "deposits": "银行存款", "securities": "证券", "funds": "基金", "insurance": "商业保险", "claims": "债权",
    "online": "互联网金融资产",
}  # fmt: skip
VEHICLES = {
    "car": "小轿车", "van": "面包车", "truck": "货车", "motorcycle": "摩托车", "tricycle": "三轮车",
    "electric_bike": "电动自行车", "tractor": "拖拉机", "boat": "船",
}  # fmt: skip
USES = {"private": "自用", "disability": "残疾康复必需", "treatment": "治病必需", "livelihood": "谋生工具"}
HOUSES = {"self_built": "自建房", "bought": "购买住房"}


@dataclass(frozen=True)
class Item:
    """One thing declared or found: whose, under which head, what, how it was said, fen a year (None: by the rules)."""

    member: str
    category: str
    kind: str
    zh: str
    said: str
    fen: int | None = None

    @property
    def amount(self) -> str:
        """The year's amount for the form."""
        return "按规定核算" if self.fen is None else yuan_said(self.fen)


def incomes(facts: Facts) -> list[Item]:
    """All income items in the order of the law's five kinds."""
    found = [_income(member["name"], raw) for member in _members(facts) for raw in member.get("income") or ()]
    return sorted(found, key=lambda one: CATEGORIES.index(one.category))


def spendings(facts: Facts) -> list[Item]:
    """All spending items."""
    return [
        Item(member["name"], "支出", raw["kind"], SPENDING.get(raw["kind"], str(raw["kind"])), *_amount(raw, "amount"))
        for member in _members(facts)
        for raw in member.get("spending") or ()
    ]


def holdings(facts: Facts) -> list[Item]:
    """Everything owned, kind by kind."""
    return list(_holdings(facts.get("property") or {}))


def _members(facts: Facts) -> Sequence[Mapping[str, Any]]:
    found: Sequence[Mapping[str, Any]] = facts.get("members") or ()
    return found


def _income(member: str, raw: Facts) -> Item:
    kind = str(raw.get("kind", ""))
    zh, category = INCOMES.get(kind, (kind, OTHER))
    said, fen = _ESTIMATED[kind](raw) if kind in _ESTIMATED else _received(kind, raw)
    return Item(member, category, kind, zh, said, fen)


def _received(kind: str, raw: Facts) -> tuple[str, int | None]:
    said, fen = _amount(raw, "revenue" if kind == "business" else "amount")
    more = [
        f"{zh}{said_yuan(raw[key])}元"
        for key, zh in (("cost", "费用"), ("depreciation", "折旧"), ("tax", "税费"), ("basic", "其中基础养老金"))
        if raw.get(key) is not None
    ]
    if raw.get("from") is not None and kind == "remittance":
        more.append(f"来自{raw['from']}")
    return "，".join([said, *more]), None if kind == "business" or raw.get("cost") is not None else fen


def _amount(raw: Facts, key: str) -> tuple[str, int | None]:
    """(as it was said, fen a year)."""
    fen = _fen(raw.get(key))
    if fen is None:
        return "", None
    if raw.get("per") == "month":
        months = int(raw.get("months") or 12)
        return f"每月{yuan_said(fen)}元，{months}个月", fen * months
    if raw.get("per") == "year":
        return f"一年{yuan_said(fen)}元", fen
    return f"{yuan_said(fen)}元", fen


def _odd_jobs(raw: Facts) -> tuple[str, int | None]:
    wage, days = _fen(raw.get("day_wage")), raw.get("days")
    trade = _word("odd_trade", WORK_TRADES, raw.get("trade"))
    said = f"{trade}，{days}天" + (f"，一天{yuan_said(wage)}元" if wage else "，日工资按当地参数")
    return f"{said}，证据{raw.get('evidence', '')}", None


def _season(raw: Facts) -> tuple[str, int | None]:
    pay, trade = _fen(raw.get("amount")), _word("season_trade", WORK_TRADES, raw.get("trade"))
    return f"{trade}，{raw.get('months')}个月" + (f"，每月{yuan_said(pay)}元" if pay else "，月工资按当地参数"), None


def _plot(raw: Facts) -> tuple[str, int | None]:
    rent = _fen(raw.get("amount"))
    return f"{raw.get('mu')}亩" + (f"，年租金{yuan_said(rent)}元" if rent else "，租金按当地参数"), None


def _compensation(raw: Facts) -> tuple[str, int | None]:
    return f"{raw.get('received', '')}收到{said_yuan(raw.get('amount'))}元", None


_ESTIMATED = {
    "odd_jobs": _odd_jobs,
    "seasonal_wages": _season,
    "farming": lambda raw: (f"{raw.get('mu')}亩", None),
    "crops": lambda raw: (f"{_word('crop_kind', CROPS, raw.get('crop'))}，{raw.get('mu')}亩", None),
    "livestock": lambda raw: (f"{_word('animal', ANIMALS, raw.get('animal'))}，一年出售{raw.get('sold')}", None),
    "self_employed": lambda raw: (
        f"{_word('shop_trade', SHOP_TRADES, raw.get('trade'))}，{raw.get('months')}个月", None
    ),
    "land_transfer": _plot,
    "compensation": _compensation,
}  # fmt: skip


def _holdings(owned: Facts) -> Iterator[Item]:
    money = owned.get("financial_assets")
    if isinstance(money, Mapping):
        for kind, amount in money.items():
            yield _owned(str(kind), MONEY.get(str(kind), str(kind)), f"{said_yuan(amount)}元")
    else:
        yield _owned("financial_assets", "存款等金融资产", f"{said_yuan(money or 0)}元")
    for raw in owned.get("exempt_assets") or ():
        received = f"，{raw['received']}收到" if raw.get("received") else ""
        zh = _word("exempt_kind", EXEMPT_ASSETS, raw.get("kind"))
        yield _owned("exempt_asset", f"其中{zh}", f"{said_yuan(raw.get('amount'))}元{received}")
    houses = owned.get("houses") or ()
    yield _owned("dwellings", "住房", f"{owned.get('dwellings', len(houses))}套")
    for raw in houses:
        structure = _word("house_structure", STRUCTURES, raw.get("structure"))
        said = f"{raw.get('area_m2')}平方米，{raw.get('built')}年建，{structure}"
        yield _owned("house", HOUSES.get(str(raw.get("kind")), ""), said)
    yield from _vehicles(owned)
    yield _owned("companies", "名下市场主体", f"{owned.get('companies', 0)}个")


def _vehicles(owned: Facts) -> Iterator[Item]:
    vehicles = owned.get("vehicles") or ()
    if not vehicles:
        yield _owned("vehicle", "车辆船舶", "无")
    for raw in vehicles:
        price = f"，{said_yuan(raw['price'])}元买" if raw.get("price") is not None else ""
        bought = f"，{raw['bought']}" if raw.get("bought") else ""
        use = USES.get(str(raw.get("use") or "private"), "")
        yield _owned("vehicle", VEHICLES.get(str(raw.get("kind")), "车辆"), f"{use}{bought}{price}")


def _owned(kind: str, zh: str, said: str) -> Item:
    return Item("全家", "财产", kind, zh, said)


def _word(vocabulary: str, words: Sequence[str], word: object) -> str:
    return WORDS[vocabulary][words.index(str(word))] if word in words else str(word or "")


def _fen(value: object) -> int | None:
    if value is None:
        return None
    try:
        return yuan(str(value))
    except NotMoney:
        return None


def said_yuan(value: object) -> str:
    """An amount as a case states it (yuan, or what is not a number as it is), for people."""
    fen = _fen(value)
    return str(value or "") if fen is None else yuan_said(fen)
