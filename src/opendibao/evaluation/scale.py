"""给分办法: the dated numbers behind scoring and grading, from scoring.yaml beside this module."""

from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


class NoScale(LookupError):
    """No number of this name was in force on the day."""


@cache
def _tables() -> dict[str, Any]:
    text = (files("opendibao.evaluation") / "scoring.yaml").read_text("utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


def in_force(name: str, on: date | None = None) -> Any:
    """The value of a table on a day, the newest where no day is given; raises NoScale."""
    rows = [row for row in _tables()[name]["rows"] if on is None or row["from"] <= on]
    if not rows:
        raise NoScale(f"{on}还没有“{_tables()[name]['zh']}”，请在 scoring.yaml 补一行")
    return max(rows, key=lambda row: row["from"])["value"]


def number(name: str, on: date | None = None) -> Decimal:
    """A single number."""
    return Decimal(in_force(name, on))


def steps(name: str, on: date | None = None) -> list[tuple[Decimal, Decimal]]:
    """Lower bounds with the share of the weight each gives, highest first."""
    return [(Decimal(low), Decimal(share)) for low, share in in_force(name, on)]


def band(name: str, on: date | None = None) -> tuple[Decimal, Decimal, bool]:
    """A qualitative band: lower bound (belongs to it), upper bound, whether that belongs to it too."""
    low, high, closed = in_force("qualitative_bands", on)[name]
    return Decimal(low), Decimal(high), closed


def grade_cuts(on: date | None = None) -> dict[str, list[tuple[Decimal, str]]]:
    """Lower bounds of the grades by scheme, highest first."""
    return {scheme: [(Decimal(low), zh) for low, zh in cuts] for scheme, cuts in in_force("grades", on).items()}
