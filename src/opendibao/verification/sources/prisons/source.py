"""监所: who serves a sentence in prison or is in compulsory rehabilitation, and is not of the family (57号 第七条)."""

from collections.abc import Sequence
from datetime import date

from opendibao.verification.sources.adapter import CODE, DAY, Column, Found, Row, Source
from opendibao.verification.sources.cases import case_runner
from opendibao.verification.sources.rows import joined, standing, text

KINDS = {
    "服刑": "prison", "在监服刑": "prison", "监狱服刑": "prison", "强制隔离戒毒": "compulsory_rehab",
    "强戒": "compulsory_rehab", "社区矫正": "outside", "缓刑": "outside", "假释": "outside", "暂予监外执行": "outside",
    "羁押": "detained", "刑事拘留": "detained", "看守所羁押": "detained",
}  # fmt: skip
SAID = {"prison": "在监狱服刑", "compulsory_rehab": "在强制隔离戒毒", "detained": "被羁押"}
ABSENT = ("prison", "compulsory_rehab")


def find(rows: Sequence[Row], on: date) -> Found | None:
    """Who is inside on the day; one serving outside lives at home, one held before judgment is told only in words."""
    inside = [row for row in standing(rows, on, began="since", ended="until") if text(row, "kind") in SAID]
    if not inside:
        return None
    row = max(inside, key=lambda one: (text(one, "kind") in ABSENT, text(one, "since")))
    kind, since, until = text(row, "kind"), text(row, "since"), text(row, "until")
    place = f"（{text(row, 'place')}）" if text(row, "place") else ""
    words = joined(f"{since}起{SAID[kind]}{place}", f"至{until}" if until else "")
    if kind not in ABSENT:
        return Found(words)
    return Found(words, {"absent": kind}, (("prison", words),))


SOURCE = Source(
    name="prisons",
    zh="监所",
    holds="在监狱服刑、强制隔离戒毒的人员",
    department="司法行政机关（监狱、强制隔离戒毒所）、公安机关",
    legal_basis="民发〔2021〕57号第七条第二款第二项、第十七条",
    columns=(
        Column("kind", "人员类别", CODE, also=("类别", "羁押类别", "执行方式"), is_needed=True, choices=KINDS),
        Column("place", "监所名称", also=("关押场所", "执行场所", "监狱名称")),
        Column("since", "入监日期", DAY, also=("入所日期", "收押日期", "起始日期"), is_needed=True),
        Column("until", "释放日期", DAY, also=("刑满日期", "解除日期", "出所日期"), is_ahead=True),
    ),
    key=("id_number", "name", "since"),
    widths=(
        ("id_number", 18), ("name", 30), ("sex", 2), ("born", 10), ("division", 12), ("phone", 11), ("kind", 14),
        ("place", 40), ("since", 10), ("until", 10),
    ),
    found=find,
    speaks_of=("absent",),
)  # fmt: skip
run_case = case_runner(SOURCE)
