"""调整前的检验: the worked cases run against a changed pack; what an answer of theirs would become is told by name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from opendibao.policy.pack import Pack
from opendibao.rules.answer import Answer
from opendibao.rules.assess import assess
from opendibao.rules.case import parse_case
from opendibao.rules.law import law_with
from opendibao.rules.vocabulary import OUTCOME_ZH, RULE_GAP
from opendibao.rules.whatif import assumed

PackOf = Callable[[str], Pack]
"""The pack of a name as it is, or as it would be."""


@dataclass(frozen=True)
class GoldenCase:
    """A worked case: its name, the facts as a CASE file has them, and the keys of the answer that must hold."""

    name: str
    given: Mapping[str, Any]
    expect: Mapping[str, Any]


@dataclass(frozen=True)
class GoldenRun:
    """How many cases were run, and which are answered otherwise than they should be.

    `broken`: decided before the change's first day, or not answered any more; nothing makes up for that. `moved`:
    decided later, with the number that changes; somebody has to say that this is meant. `filled`: stopped for want of
    the number (rule_gap) and go on now, which is what the change is for.
    """

    cases: int
    broken: tuple[str, ...]
    moved: tuple[str, ...]
    filled: tuple[str, ...]


@dataclass(frozen=True)
class Move:
    """What a family of the worked cases would get if it were decided on a day, before and after; fen a month."""

    name: str
    before_zh: str
    after_zh: str
    before_fen: int
    after_fen: int


@lru_cache(maxsize=1)
def golden_cases() -> tuple[GoldenCase, ...]:
    """All worked cases, by name."""
    folder = sorted((files("opendibao.rules") / "golden").iterdir(), key=lambda file: file.name)
    read = {file.name: yaml.safe_load(file.read_text("utf-8")) for file in folder if file.name.endswith(".yaml")}
    return tuple(GoldenCase(name.removesuffix(".yaml"), kept["case"], kept["expect"]) for name, kept in read.items())


def run_golden(first_days: Mapping[str, date], before: PackOf, after: PackOf) -> GoldenRun:
    """Every worked case under the changed pack; `first_days` gives the day from which each changed path holds."""
    found: dict[str, list[str]] = {"broken": [], "moved": [], "filled": []}
    for each in golden_cases():
        answer = _answer(each.given, after)
        if not _holds(each, answer):
            found[_how(each, answer, first_days, before)].append(each.name)
    return GoldenRun(len(golden_cases()), **{how: tuple(names) for how, names in found.items()})


def _how(each: GoldenCase, answer: Answer, first_days: Mapping[str, date], before: PackOf) -> str:
    case = parse_case(each.given)
    fresh = [path for path, since in first_days.items() if since <= case.decision_date]
    if not fresh:
        return "broken"
    if each.expect["outcome"] == RULE_GAP:
        wanting = any(before(case.policy).find(path, case.decision_date) is None for path in fresh)
        return "filled" if wanting else "broken"
    return "broken" if answer.outcome == RULE_GAP else "moved"


def moves_on(day: date, pack: str, before: PackOf, after: PackOf) -> list[Move]:
    """The families of the worked cases decided on a day under a pack: those to whom the change makes a difference."""
    found = []
    for each in golden_cases():
        given = {**each.given, "policy": pack, "decision_date": day.isoformat()}
        old, new = _answer(given, before), _answer(given, after)
        if (old.outcome, old.monthly_benefit_fen) != (new.outcome, new.monthly_benefit_fen):
            outcomes = (OUTCOME_ZH[old.outcome], OUTCOME_ZH[new.outcome])
            found.append(Move(each.name, *outcomes, old.monthly_benefit_fen, new.monthly_benefit_fen))
    return found


def _answer(given: Mapping[str, Any], pack_of: PackOf) -> Answer:
    case = parse_case(given)
    return assess(case, trace=False, law=law_with(assumed(pack_of(case.policy), case.overrides)))


def _holds(each: GoldenCase, answer: Answer) -> bool:
    said = answer.as_json()
    return all(said[key] == value for key, value in each.expect.items())
