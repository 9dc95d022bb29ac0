"""一起数: several figures counted by one statement, for pages that show a number of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import DataError, NotSupportedError, ProgrammingError, transaction

from opendibao.audit.sql_rows import read_whole
from opendibao.evaluation.figure import Figure, Measured, Period, without_order
from opendibao.evaluation.rows import measure_all, parameters
from opendibao.policy.pack import RuleGap

TOTALS = """
SELECT {place} AS place, count(*) AS rows, coalesce(sum(n), 0)::bigint AS n, coalesce(sum(d), 0)::bigint AS d
FROM ({rows}) AS evidence{place}
"""


@dataclass(frozen=True)
class _Counted:
    place: int
    rows: int
    n: int
    d: int


def measure_together(figures: Sequence[Figure], period: Period) -> list[Measured]:
    """The same as `measure_all`; where one of them gives no answer they are asked one by one, and it says why."""
    asked: dict[str, Any] = {}
    statements = []
    try:
        for place, figure in enumerate(figures):
            asked |= parameters(figure, period)
            statements.append(TOTALS.format(place=place, rows=without_order(figure.sql)))
        with transaction.atomic():
            counted = read_whole(_Counted, " UNION ALL ".join(statements), asked)
    except (RuleGap, ProgrammingError, DataError, NotSupportedError):
        return measure_all(figures, period)
    found = {one.place: one for one in counted}
    return [Measured(figure, *_totals(found[place])) for place, figure in enumerate(figures)]


def _totals(one: _Counted) -> tuple[int, int, int]:
    return one.rows, one.n, one.d
