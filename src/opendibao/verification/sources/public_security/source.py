"""公安: population and 户籍 registers of the police, with deaths, cremations and those who moved (57号 第十七条)."""

from collections.abc import Sequence
from datetime import date

from opendibao.verification.sources.adapter import CODE, DAY, Column, Found, Row, Source, identity
from opendibao.verification.sources.cases import case_runner
from opendibao.verification.sources.rows import joined, text

STATUSES = {
    "正常": "registered", "在册": "registered", "在籍": "registered", "县内迁移": "registered",
    "迁入": "registered", "死亡": "died", "死亡注销": "died", "死亡销户": "died", "火化": "cremated",
    "迁出": "moved_out", "户口迁出": "moved_out", "迁往县外": "moved_out", "外地户籍": "elsewhere",
    "流动人口": "elsewhere", "暂住": "elsewhere", "查无此人": "unknown", "未登记户籍": "unknown",
}  # fmt: skip
DEAD, HERE = ("died", "cremated"), ("", "registered")


def find(rows: Sequence[Row], on: date) -> Found | None:
    """A death before all else, then where the person is registered; who is registered here bears on nothing."""
    known = [row for row in rows if _day(row) <= on.isoformat()]
    if dead := [row for row in known if _is_dead(row)]:
        return _death(dead)
    if any(text(row, "status") in HERE for row in known):
        return None
    words = next((said for row in known if (said := _whereabouts(row))), "")
    return Found(words, alerts=(("moved_away", words),)) if words else None


def _day(row: Row) -> str:
    """The day of what a row reports; "" where it has none."""
    return text(row, "died_on") or text(row, "cremated_on") or text(row, "moved_on")


def _is_dead(row: Row) -> bool:
    return text(row, "status") in DEAD or bool(text(row, "died_on") or text(row, "cremated_on"))


def _death(rows: Sequence[Row]) -> Found:
    died = min((day for row in rows if (day := text(row, "died_on"))), default="")
    cremated = min((day for row in rows if (day := text(row, "cremated_on"))), default="")
    is_said = any(text(row, "status") == "died" for row in rows)
    words = joined(
        f"户籍登记：{died}死亡" if died or is_said else "", f"{cremated}火化" if cremated else "",
        "" if died else "没有登记死亡日期，请向公安或村（居）委会核实",
    )  # fmt: skip
    day = died or cremated  # nobody is cremated before the death: the latest that it can have been
    return Found(words, {"died": day} if day else {}, (("death", words),))


def _whereabouts(row: Row) -> str:
    to = text(row, "moved_to")
    if text(row, "status") == "moved_out":
        return joined(f"户口{text(row, 'moved_on')}迁出本县", f"迁往{to}" if to else "")
    if text(row, "status") == "elsewhere":
        return joined("户籍不在本县", f"现户籍地：{to}" if to else "")
    return "户籍登记中查无此人" if text(row, "status") == "unknown" else ""


SOURCE = Source(
    name="public_security",
    zh="公安",
    holds="户籍登记、死亡和火化、迁出",
    department="县公安局",
    legal_basis="民发〔2021〕57号第十七条（户籍）",
    act_basis="社会救助法第四十一条（户籍管理）",
    columns=(
        Column("status", "户籍状态", CODE, also=("人员状态", "人口状态", "注销原因", "状态"), choices=STATUSES),
        Column("household_no", "户号", also=("户籍号", "家庭户号")),
        Column("relation", "与户主关系", also=("关系",)),
        Column("died_on", "死亡日期", DAY, also=("死亡时间",)),
        Column("cremated_on", "火化日期", DAY, also=("火化时间",)),
        Column("moved_on", "迁出日期", DAY, also=("迁移日期", "迁出时间")),
        Column("moved_to", "迁往地", also=("迁往地址", "现户籍地")),
    ),
    key=("id_number", "name"),
    widths=(
        ("id_number", 18), ("name", 30), ("sex", 2), ("born", 10), ("division", 12), ("phone", 11), ("status", 12),
        ("household_no", 20), ("relation", 12), ("died_on", 10), ("cremated_on", 10), ("moved_on", 10),
        ("moved_to", 60),
    ),
    identity=identity(name=("公民姓名", "死者姓名", "逝者姓名"), division=("户籍地", "户籍地行政区划")),
    found=find,
    speaks_of=("died",),
)  # fmt: skip
run_case = case_runner(SOURCE)
