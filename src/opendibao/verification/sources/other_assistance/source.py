"""其他救助: who is provided for as 特困 or draws 低保 in another county already (57号 第七条、第十七条)."""

from collections.abc import Sequence
from datetime import date

from opendibao.kernel.money import yuan_said
from opendibao.kernel.month import month_text
from opendibao.verification.sources.adapter import CODE, MONEY, MONTH, Column, Found, Row, Source, identity
from opendibao.verification.sources.cases import case_runner
from opendibao.verification.sources.rows import joined, number, once, text

KINDS = {
    "特困供养": "tekun", "特困人员": "tekun", "特困人员救助供养": "tekun", "低保": "dibao_elsewhere",
    "最低生活保障": "dibao_elsewhere", "城市低保": "dibao_elsewhere", "农村低保": "dibao_elsewhere",
}  # fmt: skip
SAID = {"tekun": "特困人员救助供养", "dibao_elsewhere": "最低生活保障"}
RAISED = {"tekun": "tekun", "dibao_elsewhere": "other_county"}


def find(rows: Sequence[Row], on: date) -> Found | None:
    """What is drawn in the month of the day; the last month in which it is paid still counts."""
    month = month_text(on)
    drawn = once([row for row in rows if _is_drawn(row, month)], "kind", "place", "since")
    if not drawn:
        return None
    first = min(drawn, key=lambda row: list(SAID).index(text(row, "kind")))
    alerts = tuple((RAISED[text(row, "kind")], _said(row)) for row in drawn)
    return Found("；".join(_said(row) for row in drawn), {"already": text(first, "kind")}, alerts)


def _is_drawn(row: Row, month: str) -> bool:
    return text(row, "since") <= month and (not text(row, "until") or text(row, "until") >= month)


def _said(row: Row) -> str:
    amount, until = number(row, "amount"), text(row, "until")
    return joined(
        f"{text(row, 'since')}起在{text(row, 'place')}享受{SAID[text(row, 'kind')]}",
        f"每月{yuan_said(amount)}元" if amount else "", f"发至{until}" if until else "",
    )  # fmt: skip


SOURCE = Source(
    name="other_assistance",
    zh="其他救助",
    holds="特困人员救助供养、外县最低生活保障",
    department="民政部门（本县特困供养、外县低保）",
    legal_basis="民发〔2021〕57号第十七条",
    act_basis="社会救助法第四十二条（信息共享）",
    columns=(
        Column("kind", "救助种类", CODE, also=("救助类型", "保障类别", "待遇类别"), is_needed=True, choices=KINDS),
        Column("place", "救助地", also=("保障地区", "发放地区", "享受地"), is_needed=True),
        Column("since", "开始年月", MONTH, also=("起始年月", "起保年月", "享受开始年月"), is_needed=True),
        Column("until", "停发年月", MONTH, also=("终止年月", "停保年月", "最后发放年月"), is_ahead=True),
        Column("amount", "月救助金额", MONEY, also=("月保障金", "月金额", "保障金额")),
    ),
    key=("id_number", "name", "kind", "place"),
    widths=(
        ("id_number", 18), ("name", 30), ("sex", 2), ("born", 10), ("division", 12), ("phone", 11), ("kind", 20),
        ("place", 40), ("since", 7), ("until", 7), ("amount", 12),
    ),
    identity=identity(name=("对象姓名", "保障对象")),
    found=find,
    speaks_of=("already",),
)  # fmt: skip
run_case = case_runner(SOURCE)
