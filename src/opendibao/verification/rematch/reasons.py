"""处置理由: why a warning was held to be true, not true or about somebody else, by code, from reasons.yaml."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from opendibao.policy.file_form import read_file

FILE, SCHEMA = "reasons.yaml", "opendibao.verification/rematch/reasons.schema.json"
AUTOMATIC = {
    "no_longer_covered": "家庭或者本人已不在保",
    "no_longer_found": "部门的数据里已经没有，或者新的决定已经计算在内",
}
"""Reasons by which a run itself ends a warning that nobody settled; nobody can choose them."""


@dataclass(frozen=True)
class AlertReason:
    """A reason: of which end, from when until when (None: goes on), whether words must be added."""

    code: str
    zh: str
    of: str
    since: date
    until: date | None
    needs_words: bool
    source: str
    is_verified: bool

    def is_in_use(self, on: date) -> bool:
        """Whether it may be chosen on a day."""
        return self.since <= on and (self.until is None or on <= self.until)


def read_alert_reasons(text: str, name: str = FILE) -> list[AlertReason]:
    """Read a list of reasons. Raises BadPolicy naming file, line and place."""
    return [
        AlertReason(
            row["code"], row["zh"], row["of"], date.fromisoformat(row["from"]),
            date.fromisoformat(row["until"]) if "until" in row else None, row["words"], row["source"], row["verified"],
        )
        for row in read_file(text, name, SCHEMA)["reasons"]
    ]  # fmt: skip


@cache
def alert_reasons() -> Sequence[AlertReason]:
    """All reasons in the order of the file."""
    return read_alert_reasons((files("opendibao.verification") / "rematch" / FILE).read_text("utf-8"))


def reasons_for(came_to: str, on: date) -> list[AlertReason]:
    """The reasons that may be given on a day for an end (confirmed, refuted, not_same)."""
    return [one for one in alert_reasons() if one.of == came_to and one.is_in_use(on)]


def reason_zh(code: str) -> str:
    """A reason in words; the code itself where it is none of ours."""
    return AUTOMATIC.get(code) or next((one.zh for one in alert_reasons() if one.code == code), code)
