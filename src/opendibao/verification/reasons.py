"""理由代码: why a hit was answered as it was, from a dated list; the code is stored, words where the code asks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

import yaml

OTHER = "other"


@dataclass(frozen=True)
class Reason:
    """A reason for one disposition; `needs_words`: says too little alone; `forgets`: not the same person."""

    code: str
    zh: str
    disposition: str
    since: date
    until: date | None
    needs_words: bool
    forgets: bool


@cache
def reasons() -> tuple[Reason, ...]:
    """The whole list in its order."""
    content = yaml.safe_load(files("opendibao.verification").joinpath("reasons.yaml").read_text("utf-8"))
    return tuple(
        Reason(
            row["code"], row["zh"], row["for"], row["from"], row.get("until"),
            row.get("needs_words", False), row.get("forgets", False),
        )
        for row in content["reasons"]
    )  # fmt: skip


def reasons_on(day: date, disposition: str = "") -> list[Reason]:
    """What may be chosen on a day, for one disposition ("" for all), in the order of the list."""
    return [
        one
        for one in reasons()
        if one.since <= day and (one.until is None or day <= one.until) and disposition in ("", one.disposition)
    ]


def reason_of(disposition: str, code: str, day: date) -> Reason | None:
    """The reason of a code for a disposition on a day; None where it may not be chosen."""
    return next((one for one in reasons_on(day, disposition) if one.code == code), None)


def is_forgotten(disposition: str, code: str) -> bool:
    """Whether an answer said that it was not the same person, by whatever list."""
    return any(one.forgets for one in reasons() if (one.disposition, one.code) == (disposition, code))


def reason_words() -> Mapping[str, str]:
    """Words by code, those of former lists too."""
    return {one.code: one.zh for one in reasons()}
