"""新指标: writes the folder of a new indicator, whose beginning says 未测得 until somebody has written its query."""

from importlib.resources import files
from pathlib import Path
from string import Template

from opendibao.kernel.new_folder import name_fault, words_fault, write_folder

LONGEST = 40  # SheetRow.indicator
BEGINNING = {
    "__init__.py": '"""$zh."""\n',
    "indicator.py": '''"""$zh: say here in one sentence what is counted over what."""

from opendibao.evaluation import sql
from opendibao.evaluation.figure import Figure, Total
from opendibao.evaluation.frameworks import SELF_EVALUATION
from opendibao.evaluation.indicator import Indicator, case_runner, plain

# One row for each piece of evidence: the columns shown, then n (numerator) and d (denominator) of the row. To begin
# with, the households in force on the last day are listed and nothing is counted: say what counts, then take
# `missing` away and write the cases.
ROWS = f"""
SELECT covered.household, covered.town, covered.village, 0 AS n, 0 AS d
FROM ({sql.households(sql.on_day("%(last)s"))}) AS covered ORDER BY covered.household
"""
MEASURED = Figure(
    "$code",
    "$zh",
    "%",
    Total.RATIO,
    ROWS,
    ("户编号", "乡镇", "村社区"),
    "$zh：在这里写清楚问的是什么",
    "在这里写分子",
    "在这里写分母",
    missing="“$zh”的查询还没有写好",
)
INDICATOR = Indicator(
    "$code", "$level1", "$level2", "$zh", (MEASURED,), plain, source=SELF_EVALUATION,
)  # fmt: skip
run_case = case_runner(INDICATOR)
''',
    "cases.yaml": """# 给出查询数到的合计，写明印出什么、按什么评分；金额以分计。查询写好以后，先改这里。
- name: 查询还没有写好，有行也不算数
  given:
    - {rows: 3, n: 0, d: 0}
  expect: {text: 未测得, value: null, note: "没有记录：“$zh”的查询还没有写好"}
- name: 一行也没有
  given:
    - {rows: 0, n: 0, d: 0}
  expect: {text: 未测得, value: null, note: "没有记录：“$zh”的查询还没有写好"}
""",
}


class BadIndicatorName(ValueError):
    """The name cannot be an indicator's, or another has it."""


def indicators_folder() -> Path:
    """Where the product's indicators lie."""
    return Path(str(files("opendibao.evaluation.indicators")))


def new_indicator(code: str, *, zh: str, level1: str, level2: str, into: Path, dry_run: bool = False) -> list[Path]:
    """Write the folder of an indicator, whole or not at all; returns its files. Raises BadIndicatorName."""
    _check(code, into)
    words = {"zh": _said("名称", zh), "level1": _said("一级指标", level1), "level2": _said("二级指标", level2)}
    folder = into / code
    if not dry_run:
        write_folder(folder, {name: Template(text).substitute(words, code=code) for name, text in BEGINNING.items()})
    return [folder / name for name in BEGINNING]


def _check(code: str, into: Path) -> None:
    if fault := name_fault(code, into, what="指标", longest=LONGEST, example="home_visits"):
        raise BadIndicatorName(fault)


def _said(what: str, words: str) -> str:
    if fault := words_fault(what, words):
        raise BadIndicatorName(fault)
    return words.strip()
