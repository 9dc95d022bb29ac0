"""证据口径: dated local ways of believing evidence, from evidence.yaml; none of them is in the law, so each says so."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from opendibao.verification.refusal import VerificationRefused


@dataclass(frozen=True)
class LocalWay:
    """A dated value: what it is called, since when, who says so and whether that was verified."""

    zh: str
    since: date
    value: Any
    source: str
    is_verified: bool


@cache
def _ways() -> dict[str, list[LocalWay]]:
    read: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "evidence.yaml").read_text("utf-8"))
    return {
        name: [
            LocalWay(one["zh"], date.fromisoformat(row["since"]), row["value"], row["source"], row["verified"])
            for row in one["rows"]
        ]
        for name, one in read.items()
    }


def way_on(name: str, on: date) -> LocalWay:
    """The way of a day: the last row that had begun. Raises VerificationRefused before the first."""
    begun = [row for row in _ways()[name] if row.since <= on]
    if not begun:
        raise VerificationRefused(f"{on}还没有“{_ways()[name][0].zh}”的口径，请系统运行人员补上")
    return max(begun, key=lambda row: row.since)
