"""前景: what would change a household's result and what its members keep of more pay, worked out by the rules."""

from dataclasses import dataclass

from opendibao.rules.case import Case
from opendibao.rules.keeping import Keeping, keepings
from opendibao.rules.law import Law
from opendibao.rules.thresholds import Threshold, thresholds


@dataclass(frozen=True, slots=True)
class Outlook:
    """The nearest changes, thing by thing, and the hundred yuan of each who works or could."""

    thresholds: list[Threshold]
    keepings: list[Keeping]

    def as_json(self) -> dict[str, list[dict[str, object]]]:
        """Beside the keys of the answer; money as text in yuan."""
        return {
            "thresholds": [one.as_json() for one in self.thresholds],
            "keeping": [one.as_json() for one in self.keepings],
        }


def outlook(case: Case, law: Law | None = None) -> Outlook:
    """Both, under the law of the case's day; empty where no decision can be made."""
    return Outlook(thresholds(case, law), keepings(case, law))
