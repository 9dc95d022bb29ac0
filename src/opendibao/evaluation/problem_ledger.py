"""问题台账: the twelve usual problems of a year, each judged by one number against a dated line, with cause and remedy.

What is said is drafted from the number, so that no problem is claimed that the rows do not show, and none is passed
over that they do. 未测得 is said where the records are missing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from opendibao.evaluation.figure import NOT_MEASURED, Figure, Measured, Period, Total
from opendibao.evaluation.figures import problems
from opendibao.evaluation.models import Snapshot
from opendibao.evaluation.queries import latest_snapshot, locked_measured
from opendibao.evaluation.together import measure_together
from opendibao.kernel.money import yuan_said

EXISTS, ABSENT, UNMEASURED = "exists", "absent", "unmeasured"
JUDGED_WORDS: Mapping[str, str] = {EXISTS: "存在", ABSENT: "未见", UNMEASURED: NOT_MEASURED}
ABOVE = "above"
IN_FEN = "（分）"
NOT_LOCKED, NOT_THEN = "这一年还没有锁定快照", "锁定快照时还没有这个数"


class UnknownProblem(LookupError):
    """No problem has this id."""


@dataclass(frozen=True)
class Line:
    """From where on a problem exists: above or below which value, since when, and who says so."""

    when: str
    value: Decimal
    source: str
    is_verified: bool

    def is_crossed(self, value: Decimal) -> bool:
        """Whether a value lies on the side of the problem; the line itself does not."""
        return value > self.value if self.when == ABOVE else value < self.value


@dataclass(frozen=True)
class Problem:
    """One of the twelve: its group and title, the figures it is judged by, and how its texts are drafted."""

    id: str
    group: str
    title: str
    figures: tuple[Figure, ...]
    when: str
    rows: tuple[Mapping[str, Any], ...]
    texts: Mapping[str, str]

    def line(self, on: date) -> Line:
        """The line in force on a day; before the first one, the first."""
        held = [row for row in self.rows if row["from"] <= on] or [min(self.rows, key=lambda row: row["from"])]
        row = max(held, key=lambda one: one["from"])
        return Line(self.when, Decimal(row["value"]), row["source"], row["verified"])


@dataclass(frozen=True)
class LedgerLine:
    """A problem of a year: the number, `n` over `d` as printed, how it is judged (`said` is the judgement in words).

    `figures` are the ids that open the rows; the problem exists above (or below: `when`) the value of `line`.
    """

    id: str
    group: str
    title: str
    value: str
    unit: str
    n: str
    d: str
    judged: str
    said: str
    cause: str
    suggestion: str
    figures: tuple[str, ...]
    line: str = ""
    when: str = ABOVE
    source: str = ""

    @property
    def exists(self) -> bool:
        """Whether the rows show the problem."""
        return self.judged == EXISTS

    @property
    def number(self) -> str:
        """P1 … P12, as people call it."""
        return f"P{int(self.id.rpartition('.')[2])}"


@cache
def catalogue() -> tuple[Problem, ...]:
    """The twelve problems in their order."""
    text = (files("opendibao.evaluation") / "problems.yaml").read_text("utf-8")
    return tuple(_problem(raw) for raw in yaml.safe_load(text))


def _problem(raw: Mapping[str, Any]) -> Problem:
    name = f"problem.{raw['id']}"
    own = tuple(one for one in problems.FIGURES if one.id == name or one.id.startswith(f"{name}."))
    texts = {key: raw[key] for key in (EXISTS, ABSENT, "suggestion")}
    return Problem(name, raw["group"], raw["title"], own, raw["when"], tuple(raw["rows"]), texts)


def problem(problem_id: str) -> Problem:
    """One problem by id (problem.01 … problem.12). Raises UnknownProblem."""
    for one in catalogue():
        if one.id == problem_id:
            return one
    raise UnknownProblem(f"没有编号为“{problem_id}”的问题，请从问题台账点进来")


def ledger(year: int, division: str) -> tuple[LedgerLine, ...]:
    """The year's ledger as its newest snapshot locked the numbers; without one every problem is unmeasured."""
    snapshot = latest_snapshot(year, division)
    if snapshot is None:
        return tuple(_unmeasured(one, date(year, 12, 31), NOT_LOCKED) for one in catalogue())
    return ledger_of(snapshot)


def ledger_of(snapshot: Snapshot) -> tuple[LedgerLine, ...]:
    """The ledger of a snapshot, always the same; one from before a number was measured says so."""
    return locked_ledger(snapshot.content["figures"], snapshot.as_of)


def locked_ledger(kept: Iterable[Mapping[str, Any]], on: date) -> tuple[LedgerLine, ...]:
    """The ledger of locked figures (`content["figures"]`), by the lines in force on a day."""
    by_id = {one["id"]: one for one in kept}
    found = []
    for one in catalogue():
        own = [locked_measured(figure, by_id[figure.id]) for figure in one.figures if figure.id in by_id]
        found.append(judge(one, own, on) if len(own) == len(one.figures) else _unmeasured(one, on, NOT_THEN))
    return tuple(found)


def ledger_now(asked: Period) -> tuple[LedgerLine, ...]:
    """The ledger measured now, in one statement."""
    measured = {one.figure.id: one for one in measure_together(problems.FIGURES, asked)}
    return tuple(judge(one, [measured[figure.id] for figure in one.figures], asked.as_of) for one in catalogue())


def judge(one: Problem, measured: Sequence[Measured], on: date) -> LedgerLine:
    """A problem from its figures as measured: the first one judges, the others are told beside it."""
    first, line = measured[0], one.line(on)
    if first.value is None:
        return _unmeasured(one, on, first.why)
    judged = EXISTS if line.is_crossed(first.value) else ABSENT
    told = {**_numbers(first), **{name: other.text for name, other in zip("bc", measured[1:], strict=False)}}
    return LedgerLine(
        one.id, one.group, one.title, first.text, first.figure.unit, told["n"], told["d"], judged,
        JUDGED_WORDS[judged], one.texts[judged].format_map(told),
        one.texts["suggestion"].format_map(told) if judged == EXISTS else "", _ids(one), str(line.value), line.when,
        line.source,
    )  # fmt: skip


def _unmeasured(one: Problem, on: date, why: str) -> LedgerLine:
    line, first = one.line(on), one.figures[0]
    # the remedy of what nobody can measure is to keep the record
    remedy = one.texts["suggestion"] if first.missing and "{" not in one.texts["suggestion"] else ""
    return LedgerLine(
        one.id, one.group, one.title, NOT_MEASURED, first.unit, "", "", UNMEASURED, JUDGED_WORDS[UNMEASURED], why,
        remedy, _ids(one), str(line.value), line.when, line.source,
    )  # fmt: skip


def _ids(one: Problem) -> tuple[str, ...]:
    return tuple(figure.id for figure in one.figures)


def _numbers(first: Measured) -> dict[str, str]:
    """Value, numerator and denominator as a sentence says them; money in yuan."""
    figure = first.figure
    n = first.rows if figure.total is Total.COUNT else first.n
    return {"value": first.text, "n": _said(n, figure.numerator), "d": _said(first.d, figure.denominator)}


def _said(count: int, what: str) -> str:
    return f"{yuan_said(count)}元" if what.endswith(IN_FEN) else str(count)
