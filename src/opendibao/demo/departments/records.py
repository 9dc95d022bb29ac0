"""部门记录: one thing on a department's record, and what all registers draw from."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from opendibao.demo.departments.homes import Home, Subject

FEN = 100
EMPLOYERS = ("演示县华洁物业有限公司", "演示县新湖服饰厂", "演示县百惠超市", "演示县安达运输有限公司")
OUTSIDE = "外省合成市"
Payload = Mapping[str, Any]


@dataclass(frozen=True)
class Record:
    """A thing on record: of which source, about whom, what it says by column name, and by what it is known again.

    `hidden` is the kind of a fact that the family did not declare, "" for everything it did.
    """

    source: str
    subject: Subject
    payload: Payload
    key: str
    hidden: str = ""


def dice(home: Home, what: str) -> Random:
    """Chance that is the same for a household every time."""
    return Random(f"{what} {home.household.number}")


def hidden_wage(facts: Mapping[str, Any]) -> int:
    """Yuan a month of what was not declared."""
    return max((int(one["amount"]) for one in facts.get("income", ()) if one["kind"] in ("wages", "other")), default=0)
