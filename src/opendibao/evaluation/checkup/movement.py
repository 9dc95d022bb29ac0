"""进出的数: households and persons that entered and left in the year, and were there at its opening and its end."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from opendibao.evaluation.checkup.report import Report
from opendibao.evaluation.checkup.sentences import sentences
from opendibao.evaluation.checkup.vocabulary import any_of

_VERBS = re.compile(
    rf"(?P<entered>{any_of('entered')})|(?P<left>{any_of('left')})|(?P<opening>年初|上年末|上年底)|(?P<closing>年末|年底|期末)"
)
_COUNT = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*(户|人|名)(?!次)")
_SEGMENT = 40  # numbers further from their verb belong to something else


@dataclass(frozen=True)
class Movement:
    """Numbers by what they count and unit (户, 人): `entered`, `left`, `opening`, `closing`."""

    numbers: dict[tuple[str, str], Decimal]

    @property
    def falls(self) -> bool:
        """Whether fewer entered than left, or fewer are there at the end, and no unit says the contrary."""
        gaps = [self.gap(unit) for unit in ("户", "人")]
        known = [gap for gap in gaps if gap is not None]
        return bool(known) and all(gap <= 0 for gap in known) and any(gap < 0 for gap in known)

    def gap(self, unit: str) -> Decimal | None:
        """Entered less left, else closing less opening; None where the report gives neither pair."""
        for more, less in (("entered", "left"), ("closing", "opening")):
            if (more, unit) in self.numbers and (less, unit) in self.numbers:
                return self.numbers[more, unit] - self.numbers[less, unit]
        return None

    @property
    def zh(self) -> str:
        """The numbers in words."""
        if any(key[0] == "left" for key in self.numbers):
            return f"新增{self._said('entered')}、核减{self._said('left')}"
        return f"年初{self._said('opening')}、年末{self._said('closing')}"

    def _said(self, what: str) -> str:
        return "".join(f"{self.numbers[what, unit]}{unit}" for unit in ("户", "人") if (what, unit) in self.numbers)


def movement_of(report: Report) -> Movement | None:
    """The movement of the year from the first sentence that tells of it; None where no sentence does."""
    found: dict[tuple[str, str], Decimal] = {}
    for one in sentences(report.document.paragraphs()):
        here = dict(_numbers(one.text))
        if {"entered", "left"} <= {what for what, _ in here} and not any(what == "left" for what, _ in found):
            found = here | {key: value for key, value in found.items() if key not in here}
        else:
            found = here | found
    return Movement(found) if found else None


def _numbers(text: str) -> Iterator[tuple[tuple[str, str], Decimal]]:
    verbs = list(_VERBS.finditer(text))
    for number, verb in reversed(list(enumerate(verbs))):
        end = verbs[number + 1].start() if number + 1 < len(verbs) else len(text)
        told: set[str] = set()
        for count in _COUNT.finditer(text, verb.end(), min(end, verb.end() + _SEGMENT)):
            unit = "户" if count.group(2) == "户" else "人"
            if unit not in told:
                told.add(unit)
                yield (str(verb.lastgroup), unit), Decimal(count.group(1).replace(",", ""))
