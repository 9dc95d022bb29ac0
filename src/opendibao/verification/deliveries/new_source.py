"""新来源: writes the folder of a new source, which reads its sample at once, for who knows what its rows say."""

from datetime import date
from importlib.resources import files
from pathlib import Path
from string import Template

from opendibao.kernel.ids import DEMO_PREFIX, make_id_number
from opendibao.kernel.new_folder import name_fault, words_fault, write_folder

LONGEST = 30  # Delivery.source
BEGINNING = {
    "__init__.py": '"""$zh: a department that is asked about the members of a household."""\n',
    "source.py": '''"""$zh: say here in one sentence what the department knows (57号 第十七条)."""

from collections.abc import Sequence
from datetime import date

from opendibao.verification.sources.adapter import DAY, MONEY, Column, Found, Row, Source
from opendibao.verification.sources.cases import case_runner
from opendibao.verification.sources.rows import listed, standing, text


def find(rows: Sequence[Row], on: date) -> Found | None:
    """To begin with, what there is on the day is only told; say in `facts` what it means for the family."""
    there = standing(rows, on, began="began_on", ended="ended_on")
    if not there:
        return None
    return Found(f"$zh有记录{len(there)}条：{listed([text(row, 'item') for row in there])}")


SOURCE = Source(
    name="$name",
    zh="$zh",
    holds="$zh",
    department="写上由哪个部门答复",
    legal_basis="写上依据：57号第十七条，社会救助法第四十一条",
    columns=(
        Column("item", "项目", is_needed=True),
        Column("amount", "金额", MONEY),
        Column("began_on", "开始日期", DAY),
        Column("ended_on", "结束日期", DAY, is_ahead=True),
    ),
    key=("item", "id_number"),
    widths=(
        ("id_number", 18), ("name", 30), ("sex", 2), ("born", 10), ("division", 12), ("phone", 11), ("item", 40),
        ("amount", 14), ("began_on", 10), ("ended_on", 10),
    ),
    found=find,
)  # fmt: skip
run_case = case_runner(SOURCE)
''',
    "sample.csv": """证件号码,姓名,性别,出生日期,区划,电话,项目,金额,开始日期,结束日期
$woman,王秀英,女,1984-03-12,999999,,甲项,1234.56,2023-01-01,
$man,李建国,男,1982-05-01,999999,13900000000,乙项,,2022-06-01,2023-06-30
,单有福,,1950-01-20,,,甲项,80,2021-01-01,
""",
    "cases.yaml": """# 部门怎么写、核到什么；金额以元计。写好 find 以后，先改这里。
- name: 当天还有的才算
  given:
    on: "2024-05-20"
    rows:
      - {item: 甲项, amount: "1234.56", began_on: "2023-01-01"}
      - {item: 乙项, began_on: "2022-06-01", ended_on: "2023-06-30"}
  expect: {words: "$zh有记录1条：甲项"}
- name: 都已结束，没有可说的
  given:
    on: "2024-05-20"
    rows: [{item: 乙项, began_on: "2022-06-01", ended_on: "2023-06-30"}]
  expect: null
""",
}


class BadSourceName(ValueError):
    """The name cannot be a source's, or another has it."""


def sources_folder() -> Path:
    """Where the product's sources lie."""
    return Path(str(files("opendibao.verification.sources")))


def new_source(name: str, *, zh: str, into: Path, dry_run: bool = False) -> list[Path]:
    """Write the folder of a source, whole or not at all; returns its files. Raises BadSourceName."""
    _check(name, into)
    words = {
        "name": name, "zh": _said("名称", zh), "woman": make_id_number(DEMO_PREFIX, date(1984, 3, 12), 2),
        "man": make_id_number(DEMO_PREFIX, date(1982, 5, 1), 1),
    }  # fmt: skip
    folder = into / name
    if not dry_run:
        write_folder(folder, {file: Template(text).substitute(words) for file, text in BEGINNING.items()})
    return [folder / file for file in BEGINNING]


def _check(name: str, into: Path) -> None:
    if fault := name_fault(name, into, what="来源", longest=LONGEST, example="water_bills"):
        raise BadSourceName(fault)


def _said(what: str, words: str) -> str:
    if fault := words_fault(what, words):
        raise BadSourceName(fault)
    return words.strip()
