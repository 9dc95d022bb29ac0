"""惠农补贴: the land that subsidies are paid for says how much a family farms (57号 第十三条、第十七条)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from opendibao.kernel.money import yuan_said
from opendibao.verification.sources.adapter import CODE, COUNT, MEASURE, MONEY, Column, Found, Row, Source, identity
from opendibao.verification.sources.cases import case_runner
from opendibao.verification.sources.rows import case_measure, income_year, joined, number, once, text

KINDS = {
    "耕地地力保护补贴": "land", "耕地地力补贴": "land", "种粮补贴": "grain", "实际种粮农民一次性补贴": "grain",
    "稻谷补贴": "grain", "种粮大户补贴": "grain", "公益林补偿": "forest", "生态公益林补偿": "forest",
    "退耕还林补助": "forest",
}  # fmt: skip
SAID = {"land": "耕地地力保护补贴", "grain": "种粮补贴", "forest": "林木补偿"}
FARMED = ("land", "grain")


def find(rows: Sequence[Row], on: date) -> Found | None:
    """The newest year of each subsidy within the year of income; one plot is paid for twice, so the larger counts."""
    first, last = income_year(on)
    recent = [row for row in rows if first.year <= number(row, "year") <= last.year and number(row, "mu") > 0]
    paid = {kind: those for kind in SAID if (those := _newest(recent, kind))}
    if not paid:
        return None
    words = "；".join(_said(kind, those) for kind, those in paid.items())
    return Found(words, _facts(paid))


def _newest(rows: Sequence[Row], kind: str) -> list[Row]:
    those = [row for row in rows if text(row, "kind") == kind]
    newest = max((number(row, "year") for row in those), default=0)
    return once([row for row in those if number(row, "year") == newest], "place", "mu", "amount")


def _mu(rows: Sequence[Row]) -> int:
    return sum(number(row, "mu") for row in rows)


def _said(kind: str, rows: Sequence[Row]) -> str:
    amount = sum(number(row, "amount") for row in rows)
    return joined(
        f"{number(rows[0], 'year')}年{SAID[kind]}面积{case_measure(_mu(rows))}亩",
        f"补贴金额{yuan_said(amount)}元" if amount else "",
    )


def _facts(paid: dict[str, list[Row]]) -> dict[str, Any]:
    """Forest that is paid to be left standing yields no harvest: it is told in words only."""
    farmed = max((_mu(rows) for kind, rows in paid.items() if kind in FARMED), default=0)
    return {"income": [{"kind": "farming", "mu": case_measure(farmed)}]} if farmed else {}


SOURCE = Source(
    name="farm_subsidies",
    zh="惠农补贴",
    holds="耕地地力保护补贴、种粮补贴、林木补偿的面积和金额",
    department="县农业农村局、县林业局",
    legal_basis="民发〔2021〕57号第十三条第一款第二项、第十四条（林木）、第十七条",
    columns=(
        Column("kind", "补贴项目", CODE, also=("项目名称", "补贴名称", "补贴种类"), is_needed=True, choices=KINDS),
        Column("year", "年度", COUNT, also=("补贴年度", "发放年度"), is_needed=True),
        Column("mu", "补贴面积（亩）", MEASURE, also=("补贴面积", "面积", "种植面积", "核定面积"), is_needed=True),
        Column("amount", "补贴金额", MONEY, also=("发放金额", "金额")),
        Column("place", "地块所在村", also=("村", "所在村", "村组")),
    ),
    key=("id_number", "name", "kind", "place"),
    widths=(
        ("id_number", 18), ("name", 30), ("sex", 2), ("born", 10), ("division", 12), ("phone", 11), ("kind", 24),
        ("year", 4), ("mu", 10), ("amount", 12), ("place", 40),
    ),
    identity=identity(name=("农户姓名", "承包方代表", "补贴对象")),
    found=find,
    speaks_of=("income.farming",),
)  # fmt: skip
run_case = case_runner(SOURCE)
