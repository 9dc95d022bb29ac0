"""车辆: registered vehicles and ships, what they are used for and what they cost (57号 第十七条)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from opendibao.kernel.money import yuan_said
from opendibao.verification.sources.adapter import CODE, DAY, MONEY, Column, Found, Row, Source, identity
from opendibao.verification.sources.cases import case_runner
from opendibao.verification.sources.rows import case_yuan, joined, listed, number, once, standing, text

KINDS = {
    "小型轿车": "car", "微型轿车": "car", "轿车": "car", "小型越野客车": "car", "微型越野客车": "car",
    "小型普通客车": "car", "小型客车": "car", "小型汽车": "car", "中型越野客车": "car", "大型轿车": "car",
    "中型轿车": "car", "微型普通客车": "van", "微型客车": "van", "面包车": "van", "中型普通客车": "van",
    "大型普通客车": "van", "轻型普通货车": "truck", "轻型厢式货车": "truck", "轻型栏板货车": "truck",
    "微型普通货车": "truck", "中型普通货车": "truck", "重型普通货车": "truck", "低速普通货车": "truck",
    "货车": "truck", "皮卡": "truck", "多用途货车": "truck", "普通二轮摩托车": "motorcycle",
    "轻便二轮摩托车": "motorcycle", "摩托车": "motorcycle", "普通正三轮摩托车": "tricycle",
    "正三轮载货摩托车": "tricycle", "三轮汽车": "tricycle", "残疾人机动轮椅车": "tricycle",
    "电动自行车": "electric_bike", "轮式拖拉机": "tractor", "手扶拖拉机": "tractor", "拖拉机": "tractor",
    "渔船": "boat", "货船": "boat", "船舶": "boat", "专项作业车": "other", "挂车": "other", "其他": "other",
}  # fmt: skip
USES = {
    "非营运": "private", "营转非": "private", "家庭自用": "private", "营运": "livelihood",
    "货运": "livelihood", "公路客运": "livelihood", "出租客运": "livelihood", "预约出租客运": "livelihood",
    "租赁": "livelihood", "农业生产": "livelihood", "残疾人专用": "disability", "残疾人": "disability",
}  # fmt: skip
STATES = {
    "正常": "running", "逾期未检验": "running", "查封": "running", "抵押": "running",
    "达到报废标准": "worn", "注销": "gone", "报废": "gone", "转出": "gone", "转移": "gone", "被盗抢": "gone",
}  # fmt: skip
NAMES = {
    "car": "小客车", "van": "面包车或客车", "truck": "货车", "motorcycle": "摩托车", "tricycle": "三轮车",
    "electric_bike": "电动自行车", "tractor": "拖拉机", "boat": "船", "other": "其他车辆",
}  # fmt: skip
USED_FOR = {"private": "非营运", "livelihood": "营运或生产用", "disability": "残疾人专用"}
COUNTED = ("car", "van", "truck")
TELLING = (*COUNTED, "tractor", "boat", "other")
"""What says something of how a family lives; two and three wheels alone do not."""


def find(rows: Sequence[Row], on: date) -> Found | None:
    """The vehicles still registered on the day; motorcycles and the like are told only beside what counts."""
    there = standing(rows, on, began="registered_on", ended="ended_on")
    owned = once([row for row in there if text(row, "state") != "gone" or text(row, "ended_on")], "plate")
    if not any(text(row, "kind") in TELLING for row in owned):
        return None
    boats = sum(text(row, "kind") == "boat" for row in owned)
    cars = len(owned) - boats
    number_said = "、".join(filter(None, (f"车辆{cars}辆" if cars else "", f"船舶{boats}艘" if boats else "")))
    words = f"名下{number_said}：{listed([_said(row) for row in owned])}"
    running = [row for row in owned if text(row, "state") != "worn" and text(row, "kind") != "other"]
    facts = {"property": {"vehicles": [_vehicle(row) for row in running]}} if running else {}
    counted = [_said(row) for row in running if text(row, "kind") in COUNTED]
    return Found(words, facts, (("new_vehicle", listed(counted)),) if counted else ())


def _said(row: Row) -> str:
    registered, price = text(row, "registered_on"), number(row, "price")
    worn = "，已达到报废标准" if text(row, "state") == "worn" else ""
    told = joined(
        USED_FOR[text(row, "use") or "private"],
        f"{registered}登记" if registered else "",
        f"购置价{yuan_said(price)}元" if price else "",
    )
    return f"{NAMES[text(row, 'kind')]}{text(row, 'plate')}（{told}{worn}）"


def _vehicle(row: Row) -> dict[str, Any]:
    """A price counts only with the day from which it has lost value."""
    item = {"kind": text(row, "kind"), "use": text(row, "use") or "private"}
    if number(row, "price") and text(row, "registered_on"):
        item |= {"bought": text(row, "registered_on"), "price": case_yuan(number(row, "price"))}
    return item


SOURCE = Source(
    name="vehicles",
    zh="车辆",
    holds="机动车和船舶登记",
    department="县公安局交通警察大队",
    legal_basis="民发〔2021〕57号第十七条（车船登记）",
    act_basis="社会救助法第四十一条（车船管理）",
    columns=(
        Column("plate", "号牌号码", also=("车牌号", "车牌号码", "船名", "hphm"), is_needed=True),
        Column("kind", "车辆类型", CODE, also=("车辆种类", "车型", "类型", "cllx"), is_needed=True, choices=KINDS),
        Column("use", "使用性质", CODE, also=("用途", "syxz"), choices=USES),
        Column("registered_on", "登记日期", DAY, also=("初次登记日期", "注册登记日期", "转入日期", "ccdjrq")),
        Column("price", "购置价", MONEY, also=("购车价格", "发票价格", "车辆价格")),
        Column("state", "状态", CODE, also=("车辆状态", "机动车状态", "zt"), choices=STATES),
        Column("ended_on", "注销日期", DAY, also=("报废日期", "转移日期", "转出日期")),
    ),
    key=("plate",),
    widths=(
        ("id_number", 18), ("name", 30), ("sex", 2), ("born", 10), ("division", 12), ("phone", 11), ("plate", 16),
        ("kind", 20), ("use", 12), ("registered_on", 10), ("price", 12), ("state", 12), ("ended_on", 10),
    ),
    identity=identity(
        name=("所有人", "机动车所有人", "车主", "syr"),
        id_number=("所有人证件号码", "车主证件号", "身份证明号码", "sfzmhm"),
    ),
    found=find,
    speaks_of=("vehicles",),
)  # fmt: skip
run_case = case_runner(SOURCE)
