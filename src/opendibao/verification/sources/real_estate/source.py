"""不动产: registered dwellings, business premises and shares in them (57号 第十七条)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from opendibao.verification.sources.adapter import CODE, COUNT, DAY, MEASURE, Column, Found, Row, Source, identity
from opendibao.verification.sources.cases import case_runner
from opendibao.verification.sources.rows import case_measure, joined, listed, number, once, standing, text

USES = {
    "住宅": "dwelling", "城镇住宅": "dwelling", "成套住宅": "dwelling", "商品住宅": "dwelling", "公寓": "dwelling",
    "农村住宅": "dwelling", "农村宅基地房屋": "dwelling", "自建住宅": "dwelling", "商业": "business",
    "商业服务": "business", "商铺": "business", "店面": "business", "办公": "business", "工业": "business",
    "仓储": "business", "车库": "annex", "车位": "annex", "储藏间": "annex", "杂物间": "annex",
    "宅基地": "land", "农用地": "land", "林地": "land",
    "商住": "other", "商住两用": "other", "其他": "other",
}  # fmt: skip
ORIGINS = {
    "商品房": "bought", "市场化商品房": "bought", "存量房": "bought", "自建房": "self_built",
    "农村自建房": "self_built", "房改房": "reform", "经济适用房": "affordable", "安置房": "resettled",
    "拆迁安置房": "resettled", "共有产权房": "shared_title",
}  # fmt: skip
STRUCTURES = {
    "钢筋混凝土": "concrete", "钢混": "concrete", "框架": "concrete", "砖混": "brick", "混合": "brick",
    "砖木": "timber", "土木": "timber", "木结构": "timber",
}  # fmt: skip
USED_AS = {"dwelling": "住房", "business": "经营用房", "annex": "车库或附属用房", "other": "其他不动产"}
NAMED = ("dwelling", "business", "other")
HUNDRED = 100


def find(rows: Sequence[Row], on: date) -> Found | None:
    """What is registered on the day, each unit once; a garage alone or bare land bears on nothing."""
    units = once(standing(rows, on, began="acquired_on", ended="transferred_on"), "unit_no")
    if not any(text(row, "use") in NAMED for row in units):
        return None
    words = "；".join(said for use in USED_AS if (said := _said(use, units)))
    homes = [row for row in units if text(row, "use") == "dwelling"]
    return Found(words, _facts(homes, on), (("second_home", _said("dwelling", homes)),) if homes else ())


def _said(use: str, units: Sequence[Row]) -> str:
    those = [row for row in units if text(row, "use") == use]
    return f"登记{USED_AS[use]}{len(those)}处：{listed([_unit(row) for row in those])}" if those else ""


def _unit(row: Row) -> str:
    area, share, day = number(row, "area"), text(row, "share"), text(row, "acquired_on")
    told = joined(
        f"{case_measure(area)}平方米" if area else "",
        f"共有情况：{share}" if share else "",
        f"{day}登记" if day else "",
    )
    return f"{text(row, 'address')}（{told}）" if told else text(row, "address")


def _facts(homes: Sequence[Row], on: date) -> dict[str, Any]:
    """How many homes; a self-built one by what its worth is computed from, where the register says all of it."""
    if not homes:
        return {}
    houses = [house for row in homes if (house := _house(row, on))]
    return {"property": {"dwellings": len(homes), **({"houses": houses} if houses else {})}}


def _house(row: Row, on: date) -> dict[str, Any]:
    built, area = number(row, "built"), (number(row, "area") + HUNDRED // 2) // HUNDRED
    is_known = text(row, "origin") == "self_built" and text(row, "structure") and area and 0 < built <= on.year
    if not is_known:
        return {}
    return {"kind": "self_built", "area_m2": area, "built": built, "structure": text(row, "structure")}


SOURCE = Source(
    name="real_estate",
    zh="不动产",
    holds="房屋等不动产登记",
    department="县不动产登记中心",
    legal_basis="民发〔2021〕57号第十七条（不动产登记）",
    act_basis="社会救助法第四十一条（不动产登记）",
    columns=(
        Column("unit_no", "不动产单元号", also=("单元号", "房屋编号", "不动产权证号", "房产证号"), is_needed=True),
        Column("address", "坐落", also=("房屋坐落", "坐落地址", "地址"), is_needed=True),
        Column("use", "规划用途", CODE, also=("房屋用途", "用途"), is_needed=True, choices=USES),
        Column("area", "建筑面积（平方米）", MEASURE, also=("建筑面积", "面积", "房屋面积")),
        Column("share", "共有情况", also=("共有份额", "权利比例", "份额")),
        Column("origin", "房屋性质", CODE, also=("房屋来源", "权利性质"), choices=ORIGINS),
        Column("structure", "房屋结构", CODE, also=("结构",), choices=STRUCTURES),
        Column("built", "竣工年份", COUNT, also=("建成年份", "竣工年代")),
        Column("acquired_on", "登记日期", DAY, also=("登记时间", "登簿日期", "取得日期")),
        Column("transferred_on", "转移日期", DAY, also=("转移登记日期", "注销日期")),
    ),
    key=("unit_no",),
    widths=(
        ("id_number", 18), ("name", 30), ("sex", 2), ("born", 10), ("division", 12), ("phone", 11), ("unit_no", 28),
        ("address", 80), ("use", 16), ("area", 10), ("share", 12), ("origin", 12), ("structure", 10), ("built", 4),
        ("acquired_on", 10), ("transferred_on", 10),
    ),
    identity=identity(
        name=("权利人", "权利人名称", "权利人姓名", "产权人"), id_number=("权利人证件号", "权利人证件号码"),
    ),
    found=find,
    speaks_of=("dwellings", "houses"),
)  # fmt: skip
run_case = case_runner(SOURCE)
