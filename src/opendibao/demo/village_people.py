"""村里的人: who sits in a village's review meetings, who surveys for its township, who lives next door; all made up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from opendibao.decision.review_meeting import Seat
from opendibao.demo.people import People
from opendibao.demo.plan import CountyPlan
from opendibao.kernel.ids import township_of

ENTITLED, VILLAGERS, PARTY, CADRES = 9, 7, 3, 3
SURVEYORS_OF_A_TOWN, NEIGHBOURS = 6, 5
POST = "村（社区）委员会委员"


@dataclass(frozen=True)
class Village:
    """The people of a village by name; the first cadre chairs its meetings, the second keeps the minutes."""

    code: str
    villagers: tuple[str, ...]
    party: tuple[str, ...]
    cadres: tuple[str, ...]
    neighbours: tuple[str, ...]

    @property
    def seats(self) -> list[Seat]:
        """Who is in the meeting, by class."""
        parts = (("villager", self.villagers), ("party", self.party), ("cadre", self.cadres))
        return [Seat(name, part) for part, names in parts for name in names]

    @property
    def places(self) -> list[str]:
        """Where a notice hangs."""
        return ["村（社区）公示栏", "便民服务点门口"]


@dataclass(frozen=True)
class Countryside:
    """Every village's people, and the surveyors of every township."""

    villages: Mapping[str, Village]
    surveyors: Mapping[str, Sequence[str]]

    def pair(self, division: str, turn: int) -> tuple[str, str]:
        """Two surveyors of a village's township; the pair changes with every turn."""
        pool = self.surveyors[township_of(division)]
        return pool[turn % len(pool)], pool[(turn + 1 + turn // len(pool) % 2) % len(pool)]


def countryside(plan: CountyPlan) -> Countryside:
    """The people of a county's villages, the same in every run."""
    people = People(plan.year, Random(f"village people {plan.county_code}"))
    villages = {code: _village(code, people) for level, code, _, _ in plan.divisions if level == "village"}
    towns = [code for level, code, _, _ in plan.divisions if level == "town"]
    return Countryside(villages, {town: _names(people, SURVEYORS_OF_A_TOWN, set()) for town in towns})


def _village(code: str, people: People) -> Village:
    known: set[str] = set()
    groups = [_names(people, count, known) for count in (VILLAGERS, PARTY, CADRES, NEIGHBOURS)]
    return Village(code, *groups)


def _names(people: People, count: int, known: set[str]) -> tuple[str, ...]:
    """So many different names; `known` keeps those that are taken."""
    found = []
    for place in range(count):
        age, sex = people.rng.randrange(28, 68), "male" if place % 3 else "female"
        found.append(people.person(age, sex, people.surname(), known).name)
    return tuple(found)
