"""认定答复: the outcome of a case with its reasons, payments and calculation, in fen inside and yuan at the edge."""

from dataclasses import dataclass, field
from typing import Any

from opendibao.formula.trace import Origin, Step, unknown_origin
from opendibao.kernel.money import yuan_text
from opendibao.rules.vocabulary import NEVER, WORDS

TRACE_VERSION = 1
"""Raised when a key of a step is renamed or goes; a new key leaves it (rules/trace.schema.json)."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why: a stable code, a sentence, and the clause it rests on."""

    code: str
    zh: str
    clause: str


@dataclass(frozen=True, slots=True)
class Payment:
    """So much a month, from a month up to a month (None: until a new decision)."""

    first_month: str
    last_month: str | None
    amount_fen: int

    def as_json(self) -> dict[str, str | None]:
        """In the form of the contract."""
        return {"from": self.first_month, "to": self.last_month, "amount": yuan_text(self.amount_fen)}


@dataclass(frozen=True, slots=True)
class Also:
    """What else the family may ask for: a stable code, the help's name, the clause, the facts that point to it."""

    code: str
    zh: str
    clause: str
    because: str


@dataclass(slots=True)
class Answer:
    """What the law says of a household. Money is whole fen."""

    outcome: str
    members: int
    monthly_benefit_fen: int
    base_benefit_fen: int
    supplement_fen: int
    income_year_fen: int
    standard_fen: int
    line_year_fen: int
    gap_before_fen: int
    first_month: str | None
    payments: list[Payment]
    recover_fen: int
    rule_set: str
    reasons: list[Reason] = field(default_factory=list)
    trace: list[Step] = field(default_factory=list)
    also: list[Also] = field(default_factory=list)
    origin: Origin = unknown_origin

    def as_json(self) -> dict[str, Any]:
        """In the form of the contract: money as text in yuan."""
        return {
            "outcome": self.outcome,
            "members": self.members,
            "monthly_benefit": yuan_text(self.monthly_benefit_fen),
            "base_benefit": yuan_text(self.base_benefit_fen),
            "supplement": yuan_text(self.supplement_fen),
            "first_month": self.first_month,
            "payments": [p.as_json() for p in self.payments],
            "recover": yuan_text(self.recover_fen),
            "reasons": [{"code": r.code, "zh": r.zh, "clause": r.clause} for r in self.reasons],
            "rule_set": self.rule_set,
            "trace_version": TRACE_VERSION,
            "trace": [step.as_json(show, self.origin) for step in self.trace],
            "also": [{"code": a.code, "zh": a.zh, "clause": a.clause, "because": a.because} for a in self.also],
        }


def show(value: int, unit: str, name: str) -> object:
    """Print a value in its unit: fen as yuan, basis points as percent, yes or no as true or false, codes as words."""
    if unit == "fen":
        return yuan_text(value)
    if unit == "bp":
        return f"{value // 100}%" if value % 100 == 0 else f"{value // 100}.{value % 100:02d}%"
    if unit == "bool":
        return bool(value)
    if unit == "mu":
        return f"{value // 100}.{value % 100:02d}"
    if name in _MONTHS and value < NEVER:
        return f"{value // 12}-{value % 12 + 1:02d}"
    return WORDS.get(name, {}).get(value, int(value))


_MONTHS = ("month", "death_month")
