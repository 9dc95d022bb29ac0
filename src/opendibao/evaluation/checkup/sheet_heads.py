"""指标表的表头: which column of a table holds what, told from the words of its head, however they vary."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

# (column, its words from the surest to the least sure); a cell is read without spaces and without what is in brackets
_WORDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("level1", (r"一级指标", r"一级")),
    ("level2", (r"二级指标", r"二级")),
    (
        "name",
        (
            r"三级指标",
            r"四级指标",
            r"三级",
            r"指标名称",
            r"绩效指标(?:名称|内容)",
            r"(?:具体|考核|评价|评分)指标",
            r"指标内容",
            r"指标",
        ),
    ),
    (
        "target",
        (
            r"(?:年度|预期|年初|全年|本年)?指标值(?:目标)?",
            r"(?:年度|预期|年初|全年|绩效|计划)?目标值",
            r"(?:年初|年度)?(?:计划|预期)(?:指标|完成)?值",
            r"年度目标|预期目标|计划数|目标",
        ),
    ),
    (
        "actual",
        (
            r"(?:全年|年度)?实际完成(?:指标)?值",
            r"(?:全年|年度|指标)?(?:实际|完成|实现|实际完成)(?:指标)?值",
            r"(?:全年|年度|指标)?(?:实际)?完成(?:情况|数)",
            r"实际(?:情况|数)",
        ),
    ),
    ("weight", (r"分值", r"(?:指标)?(?:权重|标准分|满分|权重分值|分值权重)", r"(?:设定|指标|标准|参考)分值?")),
    (
        "score",
        (r"得分", r"(?:自评|评价|实际|最终|复核|考核|评定)得分", r"(?:自评|评价|实际)?评?分数?", r"(?:自评|评价)分"),
    ),
    (
        "reason",
        (r".*偏差.*", r".*(?:原因|改进措施).*", r"(?:扣分|得分)(?:说明|情况)", r"备注|说明"),
    ),
    ("unit", (r"(?:计量|度量|指标)?单位",)),
)
_LEAST = {"target", "actual", "weight", "score"}


@dataclass(frozen=True)
class Columns:
    """Where the columns of an indicator table stand; −1 where it has none. `head` is the row of the head."""

    head: int
    heads: tuple[str, ...]
    level1: int = -1
    level2: int = -1
    name: int = -1
    target: int = -1
    actual: int = -1
    weight: int = -1
    score: int = -1
    reason: int = -1
    unit: int = -1

    def of(self, row: Sequence[str], column: str) -> str:
        """The text of a row in a column, without spaces around; "" where the table has no such column."""
        at: int = getattr(self, column)
        return row[at].strip() if 0 <= at < len(row) else ""


def head_text(cell: str) -> str:
    """The words of a head: no spaces, no brackets."""
    return re.sub(r"\s|[（(][^）)]*[）)]", "", cell)


def columns_of(rows: Sequence[Sequence[str]]) -> Columns | None:
    """The columns of the first row that is the head of an indicator table; None where no row is."""
    for number, row in enumerate(rows):
        found = _read(tuple(head_text(cell) for cell in row))
        if {"name"} <= found.keys() and len(_LEAST & found.keys()) >= 2:
            return Columns(number, tuple(cell.strip() for cell in row), **found)
    return None


def _read(heads: tuple[str, ...]) -> dict[str, int]:
    found: dict[str, int] = {}
    for column, patterns in _WORDS:
        at = next(
            (
                number
                for pattern in patterns
                for number, head in enumerate(heads)
                if number not in found.values() and re.fullmatch(pattern, head)
            ),
            None,
        )
        if at is not None:
            found[column] = at
    if "name" not in found and "level2" in found:
        found["name"] = found.pop("level2")
    return found
