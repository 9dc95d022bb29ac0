"""A report before it is printed: rows and figures kept apart from the words, so that a fault touches one thing only."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

Number = int | Decimal
CENT, TENTH = Decimal("0.01"), Decimal("0.1")
_NAMED = re.compile(r"«(\w+)»")


@dataclass
class Para:
    """A paragraph or, with a level, a heading with its number as written. `tag` says what it is about."""

    text: str
    tag: str = ""
    level: int = 0
    mark: str = ""
    leftovers: tuple[str, ...] = ()


@dataclass
class Grid:
    """A printed table."""

    rows: list[list[str]]
    tag: str = ""


@dataclass
class Slot:
    """The place where a table will stand: `sheet`, `summary`, `funds`, or one of its own making from the figures;
    `level1` keeps to one group of the sheet."""

    tag: str
    level1: str = ""
    make: Callable[["Draft"], Grid] | None = None


Block = Para | Grid | Slot


@dataclass
class Row:
    """An indicator. A number row has `sign`, `target`, `unit` and takes its actual from the value `actual`;
    a row of words has `target_text` and `actual_text`. What is set under `printed_…` stands as it is written."""

    key: str
    level1: str
    level2: str
    name: str
    weight: Decimal
    sign: str = ""
    target: Decimal = Decimal(0)
    unit: str = ""
    actual: str = ""
    target_text: str = ""
    actual_text: str = ""
    share: Decimal = Decimal(1)  # of the weight, for a row of words
    reason: str = ""
    note: str = ""  # numerator and denominator, where the style prints them beside the value
    printed_target: str | None = None
    printed_actual: str | None = None
    printed_score: str | None = None
    printed_reason: str | None = None


def half_up(value: Decimal, to: Decimal = CENT) -> Decimal:
    """Rounded half up, once."""
    return value.quantize(to, ROUND_HALF_UP)


def short(value: Number) -> str:
    """Without zeros behind the point."""
    return format(Decimal(value).normalize(), "f")


def ratio(sign: str, actual: Decimal, target: Decimal) -> Decimal:
    """How far a target is reached, at most 1."""
    if sign == "≤":
        return min(target / actual, Decimal(1))
    if sign == "＝":
        return min(actual / target, target / actual)
    return min(actual / target, Decimal(1))


@dataclass
class Draft:
    """One report: its style, its values, its indicator rows, its blocks in order."""

    style: str
    values: dict[str, Any]
    rows: list[Row] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    printed: dict[str, str] = field(default_factory=dict)  # overrides of derived values
    styled: bool = True  # headings carry a style of their own
    signs: dict[str, str] = field(default_factory=dict)
    percent: str = "%"
    thousands: bool = False
    heads: tuple[tuple[str, str], ...] = ()
    repeat_merged: bool = False
    total_word: str = "合计"
    execution: str = "row"  # `row`, `block` (funds table beside the sheet) or `inside` (a row of the framework)
    grades: tuple[str, ...] = ("优", "良", "中", "差")
    forms: tuple[Callable[[int], str], ...] = ()  # of the headings' numbers, by level
    after: list[Callable[[list[Para | Grid]], None]] = field(default_factory=list)

    def mark(self, level: int, number: int, above: int = 0) -> str:
        """The number of a heading as this report writes it; `above`: the number of the heading that holds it."""
        if self.style == "chapters" and level == 2:
            return f"{above}.{number} "
        return self.forms[level - 1](number)

    # ---- figures -------------------------------------------------------------------------------------------------
    def number(self, name: str) -> Decimal:
        """A value or one that follows from the others."""
        if name in self.values:
            return Decimal(self.values[name])
        return Decimal(_DERIVED[name](self))

    def score(self, row: Row) -> Decimal:
        """By the published rules: full where reached, in proportion where not, once rounded."""
        if row.printed_score is not None:
            return Decimal(row.printed_score)
        share = row.share
        if row.sign:
            share = ratio(row.sign, self.number(row.actual), row.target)
        return half_up(row.weight * share)

    def execution_score(self) -> Decimal:
        """Of the execution block, capped."""
        return half_up(Decimal(10) * min(self.number("money") / self.number("budget"), Decimal(1)))

    def totals(self) -> tuple[Decimal, Decimal]:
        """Weights and scores with the execution block."""
        weights = sum((row.weight for row in self.rows), Decimal(0))
        scores = sum((self.score(row) for row in self.rows), Decimal(0))
        if self.execution in ("row", "block"):
            weights, scores = weights + 10, scores + self.execution_score()
        return weights, scores

    def grade(self) -> str:
        """By 90, 80, 60."""
        score = self.totals()[1]
        return self.grades[next((n for n, cut in enumerate((90, 80, 60)) if score >= cut), 3)]

    # ---- finding things ------------------------------------------------------------------------------------------
    def paras(self, tag: str) -> list[Para]:
        """The paragraphs of a tag."""
        return [block for block in self.blocks if isinstance(block, Para) and block.tag == tag]

    def row(self, key: str) -> Row | None:
        """The row of an indicator."""
        return next((row for row in self.rows if row.key == key), None)

    def number_rows(self) -> list[Row]:
        """Rows with a number as their target."""
        return [row for row in self.rows if row.sign]

    def met(self, row: Row) -> bool:
        """Whether a number row reached its target."""
        return bool(row.sign) and ratio(row.sign, self.number(row.actual), row.target) == 1

    def under(self, tag: str) -> tuple[int, int]:
        """Blocks of the section whose heading has this tag: the first behind the heading, and the end."""
        start = next((n for n, b in enumerate(self.blocks) if isinstance(b, Para) and b.level and b.tag == tag), None)
        if start is None:
            return -1, -1
        level = self.blocks[start].level  # type: ignore[union-attr]
        for end in range(start + 1, len(self.blocks)):
            block = self.blocks[end]
            if isinstance(block, Para) and 0 < block.level <= level:
                return start + 1, end
        return start + 1, len(self.blocks)

    def drop_body(self, tag: str) -> bool:
        """Empty a section; False where there is none."""
        first, last = self.under(tag)
        if first < 0 or first == last:
            return False
        del self.blocks[first:last]
        return True

    # ---- printing ------------------------------------------------------------------------------------------------
    def show(self, name: str) -> str:
        """A value as text."""
        if name in self.printed:
            return self.printed[name]
        if name in self.values and isinstance(self.values[name], str):
            return str(self.values[name])
        if name == "grade":
            return self.grade()
        if name in ("total", "weights"):
            return short(self.totals()[1 if name == "total" else 0])
        value = self.number(name)
        if name.endswith("_m") or name in ("money", "budget", "left_over"):
            return f"{value:,.2f}" if self.thousands else f"{value:.2f}"
        if self.thousands and value >= 1000 and name != "year" and name != "next_year":
            return f"{value:,}"
        return short(value)

    def fill(self, text: str) -> str:
        """Names in «» replaced by their values, the percent sign by that of the report."""
        for name in sorted(set(_NAMED.findall(text))):
            text = text.replace(f"«{name}»", self.show(name))
        return text.replace("%", self.percent)

    def target_of(self, row: Row) -> str:
        """The cell of the target."""
        if row.printed_target is not None:
            return row.printed_target
        if not row.sign:
            return row.target_text
        value = f"{row.target:,}" if self.thousands and row.target >= 1000 else short(row.target)
        return self.fill(f"{self.signs.get(row.sign, row.sign)}{value}{row.unit}")

    def actual_of(self, row: Row) -> str:
        """The cell of the actual value."""
        if row.printed_actual is not None:
            return row.printed_actual
        if not row.sign:
            return self.fill(row.actual_text)
        return self.fill(f"{self.show(row.actual)}{row.unit}{row.note}")

    def reason_of(self, row: Row) -> str:
        """The cell of the reason: printed where points are missing."""
        if row.printed_reason is not None:
            return row.printed_reason
        return self.fill(row.reason) if self.score(row) < row.weight else ""

    def sheet(self, level1: str = "") -> Grid:
        """The indicator table, or one group of it."""
        lines = [self._line(row) for row in self.rows if level1 in ("", row.level1)]
        last = not level1 or level1 == self.rows[-1].level1
        if self.execution == "row" and not level1:
            lines.insert(0, self._execution_line())
        if not self.repeat_merged:
            _merge(lines)
        if last and self.total_word:
            lines.append({"level1": self.total_word, "weight": self.show("weights"), "score": self.show("total")})
        rows = [[head for _, head in self.heads], *([line.get(key, "") for key, _ in self.heads] for line in lines)]
        return Grid(rows, "sheet")

    def _line(self, row: Row) -> dict[str, str]:
        score = row.printed_score if row.printed_score is not None else short(self.score(row))
        return {
            "level1": row.level1, "level2": row.level2, "name": row.name, "target": self.target_of(row),
            "actual": self.actual_of(row), "weight": short(row.weight), "score": score, "reason": self.reason_of(row),
        }  # fmt: skip

    def _execution_line(self) -> dict[str, str]:
        score = self.execution_score()
        return {
            "level1": "预算执行率", "level2": "预算执行率", "name": "预算执行率",
            "target": self.fill(f"{self.signs.get('＝', '＝')}100%"), "actual": self.fill("«rate»%"), "weight": "10",
            "score": short(score), "reason": str(self.values["execution_reason"]) if score < 10 else "",
        }  # fmt: skip

    def funds(self) -> Grid:
        """The block on top of a self-evaluation form."""
        budget, money, score = self.show("budget"), self.show("money"), short(self.execution_score())
        rate = self.fill("«rate»%")
        return Grid(
            [
                [
                    "项目资金（万元）",
                    "年初预算数",
                    "全年预算数（A）",
                    "全年执行数（B）",
                    "分值",
                    "执行率（B/A）",
                    "得分",
                ],
                ["年度资金总额", budget, budget, money, "10", rate, score],
                ["其中：当年财政拨款", budget, budget, money, "", rate, ""],
                ["上年结转资金", "0", "0", "0", "", "", ""],
                ["其他资金", "0", "0", "0", "", "", ""],
            ],
            "funds",
        )

    def summary(self) -> Grid:
        """Weights and scores by first level."""
        rows = [["评价维度", "权重", "评价得分"]]
        groups = list(dict.fromkeys(row.level1 for row in self.rows))
        for one in groups:
            inside = [row for row in self.rows if row.level1 == one]
            scores = sum((self.score(row) for row in inside), Decimal(0))
            rows.append([one, short(sum(row.weight for row in inside)), short(scores)])
        if self.execution in ("row", "block"):
            rows.append(["预算执行率", "10", short(self.execution_score())])
        return Grid([*rows, ["总计", self.show("weights"), self.show("total")]], "summary")

    def finished(self) -> list[Para | Grid]:
        """What is printed, in order."""
        printed = list(self._finished())
        for change in self.after:
            change(printed)
        return printed

    def _table(self, slot: Slot) -> Grid:
        if slot.make:
            return slot.make(self)
        if slot.tag == "sheet":
            return self.sheet(slot.level1)
        return self.funds() if slot.tag == "funds" else self.summary()

    def _finished(self) -> Iterator[Para | Grid]:
        for block in self.blocks:
            if isinstance(block, Slot):
                yield self._table(block)
            elif isinstance(block, Para):
                yield Para(self.fill(block.text), block.tag, block.level, block.mark, block.leftovers)
            else:
                yield block


def _merge(lines: list[dict[str, str]]) -> None:
    """Cells that continue the one above are left empty, as in a merged table."""
    above1 = above2 = ""
    for line in lines:
        one, two = line["level1"], line["level2"]
        if one == above1:
            line["level1"] = ""
        if one == above1 and two == above2:
            line["level2"] = ""
        above1, above2 = one, two


def share_of(part: str, whole: str) -> Callable[[Draft], Decimal]:
    """A percentage of two values, one decimal."""
    return lambda draft: half_up(draft.number(part) * 100 / draft.number(whole), TENTH)


_DERIVED: dict[str, Callable[[Draft], Number]] = {
    "total_h": lambda d: d.number("rural_h") + d.number("urban_h"),
    "total_p": lambda d: d.number("rural_p") + d.number("urban_p"),
    "money": lambda d: d.number("rural_m") + d.number("urban_m"),
    "left_over": lambda d: d.number("budget") - d.number("money"),
    "open_h": lambda d: d.number("total_h") - d.number("new_h") + d.number("out_h"),
    "open_p": lambda d: d.number("total_p") - d.number("new_p") + d.number("out_p"),
    "rate": lambda d: half_up(d.number("money") * 100 / d.number("budget")),
    "satisfaction": share_of("survey_ok", "survey_n"),
    "accuracy": share_of("sample_ok", "sample_n"),
    "awareness": share_of("aware_ok", "aware_n"),
    "on_time": share_of("months_ok", "months_n"),
    "entry": share_of("entry_ok", "entry_n"),
    "visited": share_of("visit_ok", "visit_n"),
    "arrived": lambda _: 100,
    "trained": lambda d: d.number("trainings") * 100 / 4,
    "follow_rest": lambda d: d.number("follow_n") - d.number("follow_ok"),
    "next_year": lambda d: d.number("year") + 1,
}
