"""在保数: who is in force on a day, by village and area; the count of every larger place is a sum of these rows."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from opendibao.audit.sql_rows import read_whole
from opendibao.kernel.ids import part_of, reach_of
from opendibao.payment.coverage import known

# the decision in force on the day says where the household belongs and whose standard applies
DECIDED = "FROM decision_decision d JOIN registry_household h ON h.id = d.household_id"
ON_THE_DAY = """
WHERE NOT isempty(d.in_force) AND d.decided_on <= least(%(on)s::date, %(known_on)s::date)
  AND (d.ended_on IS NULL OR d.ended_on > least(%(on)s::date, %(known_on)s::date))
"""
MEMBERS = """
JOIN registry_membership m ON m.household_id = d.household_id AND m.valid @> %(on)s::date
  AND m.recorded @> %(known_at)s::timestamptz
JOIN registry_person p ON p.id = m.person_id
"""
VILLAGES = f"""
SELECT stock.division, stock.area, coalesce(town.name, ''), coalesce(village.name, ''), stock.households, stock.persons
FROM (
  SELECT d.division, d.area, count(*) AS households, coalesce(sum(size.members), 0)::bigint AS persons {DECIDED}
  LEFT JOIN (
    SELECT m.household_id, count(*) AS members FROM registry_membership m JOIN registry_person p ON p.id = m.person_id
    WHERE m.valid @> %(on)s::date AND m.recorded @> %(known_at)s::timestamptz GROUP BY m.household_id
  ) AS size ON size.household_id = d.household_id {ON_THE_DAY}
  GROUP BY d.division, d.area) AS stock
LEFT JOIN registry_division village ON village.code = stock.division
LEFT JOIN registry_division town ON town.code = rpad(left(stock.division, 9), 12, '0')
ORDER BY stock.division, stock.area
"""


@dataclass(frozen=True)
class Count:
    """Households and persons."""

    households: int
    persons: int

    def __add__(self, other: "Count") -> "Count":
        return Count(self.households + other.households, self.persons + other.persons)

    def __sub__(self, other: "Count") -> "Count":
        return Count(self.households - other.households, self.persons - other.persons)


@dataclass(frozen=True)
class VillageRow:
    """Stock of a village and area."""

    division: str
    area: str
    town: str
    village: str
    households: int
    persons: int


@dataclass(frozen=True)
class PlaceRow:
    """Stock of a township or village."""

    code: str
    name: str
    households: int
    persons: int


@dataclass(frozen=True)
class Stock:
    """Who is in force on a day, by whose standard applies."""

    on: date
    rows: Sequence[VillageRow]

    def of(self, area: str) -> Count:
        """Households and persons of an area ("": both)."""
        rows = [row for row in self.rows if area in ("", row.area)]
        return Count(sum(row.households for row in rows), sum(row.persons for row in rows))

    @property
    def rural(self) -> Count:
        """Those under the rural standard."""
        return self.of("rural")

    @property
    def urban(self) -> Count:
        """Those under the urban standard."""
        return self.of("urban")

    @property
    def total(self) -> Count:
        """Rural and urban together."""
        return self.of("")

    def within(self, division: str) -> "Stock":
        """The stock of a division ("": as it is)."""
        reach = reach_of(division) if division else ""
        return Stock(self.on, [row for row in self.rows if row.division.startswith(reach)])

    def by_place(self, within: str = "", area: str = "") -> list[PlaceRow]:
        """The counts by township, or by village when `within` names a township."""
        reach = reach_of(within) if within else ""
        found: dict[tuple[str, str], list[VillageRow]] = defaultdict(list)
        for row in self.rows:
            if row.division.startswith(reach) and area in ("", row.area):
                code = part_of(row.division, within)
                found[code, row.village if code == row.division else row.town].append(row)
        return [
            PlaceRow(code, name, sum(row.households for row in rows), sum(row.persons for row in rows))
            for (code, name), rows in sorted(found.items())
        ]


def in_force(on: date, *, known_at: datetime | None = None) -> Stock:
    """Households and persons in force on a day, by what is known now or was known at `known_at`."""
    return Stock(on, read_whole(VillageRow, VILLAGES, {"on": on, **known(known_at)}))
