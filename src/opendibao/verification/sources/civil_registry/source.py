"""民政登记: marriages, divorces and cremations known to civil affairs (57号 第七条、第十七条)."""

from collections.abc import Sequence
from datetime import date

from opendibao.verification.sources.adapter import CODE, DAY, Column, Found, Row, Source, identity
from opendibao.verification.sources.cases import case_runner
from opendibao.verification.sources.rows import joined, standing, text

KINDS = {
    "结婚": "married", "结婚登记": "married", "补领结婚证": "married", "离婚": "divorced", "离婚登记": "divorced",
    "火化": "cremated", "殡葬火化": "cremated",
}  # fmt: skip


def find(rows: Sequence[Row], on: date) -> Found | None:
    """A cremation before all else; then the latest marriage or divorce, in words: a spouse is a fact of the family."""
    known = sorted(standing(rows, on, began="since"), key=lambda row: text(row, "since"))
    if dead := [row for row in known if text(row, "kind") == "cremated"]:
        words = f"殡葬登记：{text(dead[0], 'since')}火化"
        return Found(words, {"died": text(dead[0], "since")}, (("death", words),))
    return _marriage(known[-1]) if known else None


def _marriage(row: Row) -> Found:
    spouse = text(row, "spouse")
    if text(row, "kind") == "divorced":
        return Found(joined(f"{text(row, 'since')}登记离婚", f"原配偶：{spouse}" if spouse else ""))
    words = joined(f"{text(row, 'since')}登记结婚", f"配偶：{spouse}" if spouse else "")
    return Found(words, {}, (("married", words),), (spouse,) if spouse else ())


SOURCE = Source(
    name="civil_registry",
    zh="民政登记",
    holds="婚姻登记、火化登记",
    department="县民政局（婚姻登记处、殡葬管理所）",
    legal_basis="民发〔2021〕57号第七条第一款第一项、第十七条",
    columns=(
        Column("kind", "登记事项", CODE, also=("登记类型", "业务类型", "事项"), is_needed=True, choices=KINDS),
        Column("since", "登记日期", DAY, also=("结婚登记日期", "离婚登记日期", "火化日期"), is_needed=True),
        Column("spouse", "配偶姓名", also=("对方姓名", "配偶")),
    ),
    key=("id_number", "name", "kind", "since"),
    widths=(
        ("id_number", 18), ("name", 30), ("sex", 2), ("born", 10), ("division", 12), ("phone", 11), ("kind", 12),
        ("since", 10), ("spouse", 30),
    ),
    identity=identity(name=("登记人姓名", "逝者姓名")),
    found=find,
    speaks_of=("died",),
)  # fmt: skip
run_case = case_runner(SOURCE)
