"""地方: a county's townships and villages from its table, and where in it a household lives."""

import csv
import re
from dataclasses import dataclass
from importlib.resources import files
from random import Random

from opendibao.demo.targets import BadTargets

FIRST_VILLAGE = 200  # villages' committees are numbered from here, residents' committees below
STRAYS = 8  # percent whose standard is not the one their committee's number suggests
_TAIL = re.compile(r"(社区)?(村民委员会|居民委员会|村委会|居委会|居员会|生活区)$")


@dataclass(frozen=True)
class Places:
    """A county: code, name, and (level, code, name, parent code) of every township and village."""

    code: str
    name: str
    divisions: tuple[tuple[str, str, str, str], ...]

    def full_name(self, code: str) -> str:
        """Township and committee of a village: 双钟镇月亮村民委员会."""
        names = {code: (name, parent) for _, code, name, parent in self.divisions}
        name, parent = names[code]
        return names[parent][0] + name


def read_places(county: str) -> Places:
    """The table of a county by its six digits; raises BadTargets when the project has none."""
    file = files("opendibao.demo") / "data" / f"{county}.csv"
    if not file.is_file():
        raise BadTargets(f"没有区划代码{county}的区划表，请在 demo/data 里加上“{county}.csv”")
    rows = list(csv.DictReader(file.read_text("utf-8").splitlines()))
    head = next(row for row in rows if row["level"] == "county")
    below = [row for row in rows if row is not head]
    divisions = [(row["level"], row["code12"], row["name"], row["parent12"] or head["code12"]) for row in below]
    return Places(head["code12"], head["name"], tuple(divisions))


class Homes:
    """Finds homes: some villages have more poor families than others."""

    def __init__(self, places: Places, rng: Random) -> None:
        self.places = places
        self.rng = rng
        self._towns = {code: name for level, code, name, _ in places.divisions if level == "town"}
        self._villages: dict[str, list[tuple[str, str, str]]] = {"rural": [], "urban": []}
        for level, code, name, parent in places.divisions:
            if level == "village":
                self._villages["rural" if int(code[9:]) >= FIRST_VILLAGE else "urban"].append((code, name, parent))
        self._weights = {area: [rng.randrange(40, 161) for _ in rows] for area, rows in self._villages.items()}

    def home(self, area: str) -> tuple[str, str]:
        """(village code, address) for a household whose standard is that of `area`."""
        other = {"rural": "urban", "urban": "rural"}[area]
        side = other if self.rng.randrange(100) < STRAYS and self._villages[other] else area
        side = side if self._villages[side] else other
        code, name, parent = self.rng.choices(self._villages[side], self._weights[side])[0]
        return code, self.address(code, name, parent)

    def address(self, code: str, name: str, parent: str) -> str:
        """Where letters go: township, village, group."""
        stem = _TAIL.sub("", name)
        if name.endswith(("村民委员会", "村委会")):
            stem += "村"
        elif not name.endswith("生活区"):
            stem += "社区"
        return f"{self._towns[parent]}{stem}{self.rng.randint(1, 14)}组"
