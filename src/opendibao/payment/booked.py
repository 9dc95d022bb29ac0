"""到账数: what the bank booked in a year, by month, village and area; every smaller question is a sum of these rows."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from opendibao.audit.sql_rows import read_whole
from opendibao.kernel.ids import part_of, reach_of
from opendibao.kernel.month import parse_month

# A leg alone says where, when and how much; its sending's number begins with the month (see payment.sending), so
# that sums need no join over a year's 60,000 sendings.
BY_VILLAGE = """
SELECT booked.month, booked.division, booked.area, coalesce(town.name, ''), coalesce(village.name, ''), booked.lines,
  booked.fen
FROM (
  SELECT left(attempt_id, 6) AS month, division, area, count(*) AS lines, sum(fen)::bigint AS fen
  FROM payment_ledgerleg WHERE account = 'paid' AND booked_on BETWEEN %(first)s AND %(last)s
  GROUP BY 1, 2, 3) AS booked
LEFT JOIN registry_division village ON village.code = booked.division
LEFT JOIN registry_division town ON town.code = rpad(left(booked.division, 9), 12, '0')
ORDER BY booked.month, booked.division, booked.area
"""


@dataclass(frozen=True)
class BookedRow:
    """Booked sendings of a village, area and pay month (YYYYMM): how many, and how many fen."""

    month: str
    division: str
    area: str
    town: str
    village: str
    lines: int
    fen: int


@dataclass(frozen=True)
class AreaRow:
    """Booked sendings of an area: how many, and how many fen."""

    area: str
    count: int
    fen: int


@dataclass(frozen=True)
class PlaceRow:
    """Booked money of a township or village in fen."""

    code: str
    name: str
    lines: int
    fen: int


@dataclass(frozen=True)
class Booked:
    """All of a year's bookings; a month here is the month a sending was for."""

    rows: Sequence[BookedRow]

    def within(self, *, area: str = "", month: date | None = None, division: str = "") -> "Booked":
        """The bookings of an area, a month and a division; what is not named is not narrowed."""
        when, reach = f"{month:%Y%m}" if month else "", reach_of(division) if division else ""
        return Booked(
            [
                row
                for row in self.rows
                if row.month.startswith(when) and row.division.startswith(reach) and area in ("", row.area)
            ]
        )

    @property
    def lines(self) -> int:
        """How many sendings."""
        return sum(row.lines for row in self.rows)

    @property
    def fen(self) -> int:
        """Their sum in fen."""
        return sum(row.fen for row in self.rows)

    @property
    def last_month(self) -> date | None:
        """The last month that was paid."""
        last = max((row.month for row in self.rows), default="")
        return parse_month(f"{last[:4]}-{last[4:]}") if last else None

    def by_area(self) -> dict[str, AreaRow]:
        """The sums of each area; an area without bookings is absent."""
        areas = sorted({row.area for row in self.rows})
        parts = {area: self.within(area=area) for area in areas}
        return {area: AreaRow(area, part.lines, part.fen) for area, part in parts.items()}

    def by_place(self, within: str = "") -> list[PlaceRow]:
        """The sums by township, or by village when `within` names a township."""
        reach = reach_of(within) if within else ""
        found: dict[tuple[str, str], list[BookedRow]] = defaultdict(list)
        for row in self.rows:
            if row.division.startswith(reach):
                code = part_of(row.division, within)
                found[code, row.village if code == row.division else row.town].append(row)
        return [
            PlaceRow(code, name, sum(row.lines for row in rows), sum(row.fen for row in rows))
            for (code, name), rows in sorted(found.items())
        ]


def booked(year: int) -> Booked:
    """What the bank booked in a calendar year, from the ledger."""
    return Booked(read_whole(BookedRow, BY_VILLAGE, {"first": date(year, 1, 1), "last": date(year, 12, 31)}))
