"""程序: what a place asks of a case on a day; kept with the case when it is accepted, whatever comes later."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Literal

from opendibao.policy.pack import RuleGap

Review = Literal["ALWAYS", "ON_OBJECTION", "NEVER"]
Authority = Literal["county", "township"]
CLOCKS = {
    "survey_start": "受理后启动调查的时限",
    "match_start": "提请后启动信息核对的时限",
    "notice": "公示期",
    "county_opinion": "县级提出审核确认意见的时限",
    "refusal_letter": "不予确认书面告知的时限",
    "decide": "审核确认时限",
    "decide_extended": "特殊情况下的审核确认时限",
    "objection": "答复公示异议的时限",
    "hearing": "家庭提出意见的时限",
}
"""The clocks that a procedure may set; where it says nothing, the number of the parameter pack (clock.*) holds.

All count working days, but the public notice, which counts calendar days.
"""


@dataclass(frozen=True)
class Source:
    """Where a demand is written, and whether it was checked against that text."""

    text: str
    is_verified: bool


@dataclass(frozen=True)
class Step:
    """A step of the procedure: whose duty (kernel.duties), when it is needed, and the steps that come before it."""

    key: str
    zh: str
    clause: str
    who: str
    needed: str
    after: tuple[str, ...]


@dataclass(frozen=True)
class Procedure:
    """The procedure of a place on a day; `clocks` are in working days (`notice` in calendar days).

    `quorum_percent` is None where no share of the villagers' representatives must be there; `pauses` are the grounds
    on which days do not count, in words; `sources` says of gates and clocks where they are written.
    """

    name: str
    zh: str
    source: str
    is_verified: bool
    on: date
    democratic_review: Review
    confirming_authority: Authority
    has_hearing: bool
    quorum_percent: int | None
    county_sample_percent: int
    clocks: Mapping[str, int]
    pauses: Mapping[str, str]
    steps: tuple[Step, ...]
    sources: Mapping[str, Source] = field(default_factory=dict)

    def clock(self, name: str) -> int:
        """The number of days of a clock. Raises RuleGap where neither the procedure nor the pack has one."""
        if name not in self.clocks:
            raise RuleGap(f"clock.{name}", self.on, CLOCKS.get(name, ""))
        return self.clocks[name]

    def step(self, key: str) -> Step | None:
        """The step of that key; None where this procedure has none."""
        return next((step for step in self.steps if step.key == key), None)

    def gates(self) -> dict[str, Any]:
        """All of it as JSON, to be kept with a case; `procedure_from` reads it back."""
        kept = asdict(self)
        kept["on"] = self.on.isoformat()
        kept["steps"] = [{**step, "after": list(step["after"])} for step in kept["steps"]]
        return kept


def procedure_from(gates: Mapping[str, Any]) -> Procedure:
    """The procedure that was kept with a case."""
    kept = dict(gates)
    kept["on"] = date.fromisoformat(kept["on"])
    kept["steps"] = tuple(Step(**{**step, "after": tuple(step["after"])}) for step in kept["steps"])
    kept["sources"] = {name: Source(**source) for name, source in kept["sources"].items()}
    return Procedure(**kept)
