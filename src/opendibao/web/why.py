"""为什么: the calculation behind an amount as a table, and the bar of standard = income + benefit that mirrors it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.decision.explaining import explained
from opendibao.decision.refusal import DecisionRefused
from opendibao.formula.trace import Step
from opendibao.kernel.money import yuan_text
from opendibao.rules.answer import Also, Answer, Reason, show
from opendibao.rules.counted import incomes
from opendibao.rules.keeping import Keeping
from opendibao.rules.outlook import Outlook
from opendibao.rules.thresholds import Threshold
from opendibao.web.remembering import REGISTER, remembered

MONTHS = 12
TOTALS = ("income_year", "line_year", "monthly_benefit")
ALWAYS = (*TOTALS, "members", "standard")
ASKED_FIRST = ("income_up", "income_down", "assets_up", "assets_down", "dwellings_up", "cars_up")
UNITS = {
    "fen": gettext_lazy("%(value)s 元"), "months": gettext_lazy("%(value)s 个月"),
    "years": gettext_lazy("%(value)s 岁"), "mu": gettext_lazy("%(value)s 亩"),
}  # fmt: skip


@dataclass(frozen=True)
class Bar:
    """One bar in fen a month: from where, how long; `kind` is income, minus, benefit, line or more."""

    words: str
    kind: str
    start: int
    length: int
    is_total: bool = False

    @property
    def signed(self) -> int:
        """The amount with its sign."""
        return -self.length if self.kind == "minus" else self.length


@dataclass(frozen=True)
class Parameter:
    """A dated number the step used."""

    zh: str
    value: str
    since: date
    source: str
    is_verified: bool


@dataclass(frozen=True)
class Line:
    """One step: its name, formula in words, value (and whose), clause, dated numbers."""

    zh: str
    formula: str
    value: str
    whose: list[str]
    clause: str
    parameters: list[Parameter]
    is_total: bool


@dataclass(frozen=True)
class Why:
    """The explanation of one decision; `width` is the longest bar."""

    bars: list[Bar]
    width: int
    lines: list[Line]
    others: list[Line]
    reasons: list[Reason]
    rule_set: str


@dataclass(frozen=True)
class Ahead:
    """What would change the result, the nearest changes of kind first; the hundred yuan; what else to ask for."""

    nearest: list[Threshold]
    others: list[Threshold]
    keepings: list[Keeping]
    also: list[Also]


@dataclass(frozen=True)
class Explained:
    """What the section says of the decision itself; `number` is the household's."""

    pk: int
    number: str
    kind: str
    amount_fen: int
    decided_on: date


@remembered(REGISTER)
def why_section(pk: int, number: str, kind: str, amount_fen: int, decided_on: date, language: str) -> SafeString:
    """The section as markup in the language that is spoken; empty where the facts are not known or not to be read."""
    try:
        found = explained(pk)
    except DecisionRefused:
        return SafeString("")
    if found is None:
        return SafeString("")
    why, decision = why_of(found.answer), Explained(pk, number, kind, amount_fen, decided_on)
    shown = {"why": why, "decision": decision, "ahead": ahead_of(found.answer, found.outlook)}
    return render_to_string("web/_why.html", shown)


def ahead_of(answer: Answer, outlook: Outlook) -> Ahead:
    """The first change of kind of each thing, then everything else in the order of the rules."""
    firsts: dict[str, Threshold] = {}
    for one in outlook.thresholds:
        if one.code in ASKED_FIRST and one.outcome != answer.outcome:
            firsts.setdefault(one.code, one)
    nearest = list(firsts.values())
    return Ahead(nearest, [one for one in outlook.thresholds if one not in nearest], outlook.keepings, answer.also)


def why_of(answer: Answer) -> Why:
    """The explanation of an answer: first the steps that moved anything, then all the others."""
    bars = list(_bars(answer))
    moved = list(_moved(answer.trace))
    return Why(
        bars=bars,
        width=max((bar.start + bar.length for bar in bars), default=1),
        lines=[_line(step) for step in moved],
        others=[_line(step) for step in answer.trace if step not in moved],
        reasons=answer.reasons,
        rule_set=answer.rule_set,
    )


def _moved(trace: Sequence[Step]) -> Iterator[Step]:
    """Steps with money in them that say more than the one before: another sum, or a number of the law."""
    before = 0
    for step in trace:
        total = sum(step.values) if step.unit == "fen" else 0
        if step.name in ALWAYS or (total and (total != before or step.parameters)):
            yield step
        before = total or before


def _line(step: Step) -> Line:
    parameters = [
        Parameter(row.zh, _said(int(row.value), row.unit, path), row.since, row.source, row.is_verified)
        for path, row in step.parameters
    ]
    value, whose = _value(step)
    return Line(step.zh, step.formula, value, whose, step.clause, parameters, step.name in TOTALS)


def _value(step: Step) -> tuple[str, list[str]]:
    """The household's value, or the sum over persons with each person's part."""
    if step.is_of_household:
        return _said(step.values[0], step.unit, step.name), []
    owned = [
        (owner, _said(value, step.unit, step.name))
        for owner, value in zip(step.owners, step.values, strict=True)
        if value
    ]
    whose = [f"{owner} {said}" if step.unit != "bool" else owner for owner, said in owned]
    if step.unit == "fen":
        return _said(sum(step.values), step.unit, step.name), whose if len(step.values) > 1 else []
    return (_("%(n)s 人") % {"n": len(owned)} if step.unit == "bool" else ""), whose


def _said(value: int, unit: str, name: str) -> str:
    if unit == "bool":
        return _("是") if value else _("否")
    said = yuan_text(value, grouped=True) if unit == "fen" else show(value, unit, name)
    return (str(UNITS[unit]) if unit in UNITS else "%(value)s") % {"value": said}


def _bars(answer: Answer) -> Iterator[Bar]:
    """Income item by item, less deductions; then income, benefit and the line one under the other."""
    if not answer.line_year_fen:
        return
    at = 0
    for words, amount in _items(answer):
        start = at if amount > 0 else at + amount
        yield Bar(words, "income" if amount > 0 else "minus", max(0, start), abs(amount))
        at += amount
    income, line = _monthly(answer.income_year_fen), _monthly(answer.line_year_fen)
    yield Bar(_("家庭月收入"), "income", 0, income, is_total=True)
    if answer.base_benefit_fen:
        start = income if answer.outcome != "grace" else 0
        yield Bar(_("月保障金"), "benefit", start, answer.base_benefit_fen, is_total=True)
    yield Bar(_("月保障线"), "line", 0, line, is_total=True)
    if answer.supplement_fen:
        yield Bar(_("分类施保"), "more", line, answer.supplement_fen, is_total=True)


def _items(answer: Answer) -> Iterator[tuple[str, int]]:
    """What counted as income and what was taken off, in fen a month, signed; nothing for zero."""
    for words, fen in incomes(answer):
        yield words, _monthly(fen) if fen > 0 else -_monthly(-fen)
    before = next((step for step in answer.trace if step.name == "income_before_deduction"), None)
    if before and (taken := before.values[0] - answer.income_year_fen) > 0:
        yield _("扣减刚性支出"), -_monthly(taken)


def _monthly(fen_per_year: int) -> int:
    """A twelfth of a year's fen, half up."""
    return (2 * fen_per_year + MONTHS) // (2 * MONTHS)
