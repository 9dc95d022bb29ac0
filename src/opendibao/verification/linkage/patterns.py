"""逐项依据: what two rows agree in, as one number that the database computes, and what it weighs."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from opendibao.verification.linkage.model import FIELDS, Model

CONFIRMED, REPAIRED, REVIEW, NOTHING = "confirmed", "repaired", "review", "nothing"
Evidence = dict[str, str | int]
OF_SAME_NUMBER = ("same_number", "name", "told_born", "told_sex", "phone", "division")
OF_OTHER_NUMBER = ("id_number", "name", "region", "born", "seq", "sex", "phone", "division")
"""What is compared where the numbers are the same, and where they are not: each a text in `sql/levels`."""
_PLACES = {field: 10**place for place, field in enumerate(FIELDS)}


@dataclass(frozen=True)
class Verdict:
    """What a pattern weighs (hundredths) and what it would be if there were no other person."""

    score: int
    tier: str
    is_same_number: bool


@cache
def sql(name: str) -> str:
    """The text of one statement or fragment."""
    return (files("opendibao.verification.linkage") / "sql" / f"{name}.sql").read_text("utf-8")


@cache
def levels_sql(parts: tuple[str, ...]) -> str:
    """The expression that computes the pattern of a pair: the sum of so many fields, each in its place of ten."""
    codes = {
        f"{field}_{level}": number * _PLACES[field]
        for field, levels in FIELDS.items()
        for number, level in enumerate(levels, start=1)
    }
    return "\n+ ".join(_without_comment(sql(f"levels/{part}")).format(**codes) for part in parts)


def _without_comment(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("--"))


def levels_of(pattern: int) -> dict[str, str]:
    """The level of each field that was compared."""
    numbers = {field: pattern // place % 10 for field, place in _PLACES.items()}
    return {field: FIELDS[field][number - 1] for field, number in numbers.items() if number}


def evidence_of(pattern: int, model: Model) -> tuple[Evidence, ...]:
    """Field, level and weight in hundredths, in the order of FIELDS."""
    return tuple(
        {"field": field, "level": level, "weight": model.weights[field][level]}
        for field, level in levels_of(pattern).items()
    )


def verdict_of(pattern: int, model: Model) -> Verdict:
    """The weight of a pattern and its tier: the same number is confirmed by the name or goes to a person."""
    levels = levels_of(pattern)
    score = sum(model.weights[field][level] for field, level in levels.items())
    number = levels.get("id_number")
    if number == "same":
        return Verdict(score, CONFIRMED if _is_confirmed(levels, model) else REVIEW, True)
    if score >= model.automatic and number is None and levels.get("name") in model.names:
        return Verdict(score, REPAIRED, False)
    return Verdict(score, REVIEW if score >= model.review else NOTHING, False)


def _is_confirmed(levels: dict[str, str], model: Model) -> bool:
    """The name agrees; a name of which only most agrees must not come with another day of birth (a brother's number).

    Without a name the same telephone must speak for it.
    """
    name = levels.get("name")
    if name is None:
        return levels.get("phone") == "same"
    return name in model.names and not (name == "most" and levels.get("born") == "other")


def verdicts(patterns: Iterable[int], model: Model) -> dict[int, Verdict]:
    """Each pattern judged once; there are some hundreds, however many rows."""
    return {pattern: verdict_of(pattern, model) for pattern in patterns}
