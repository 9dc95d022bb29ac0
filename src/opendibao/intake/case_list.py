"""案件名单: the cases of a place by what they wait for, page by page, the longest waiting first."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from opendibao.audit.sql_rows import first_row, read
from opendibao.intake.case_queries import CASES, CaseRow
from opendibao.intake.states import IS_OPEN
from opendibao.kernel.ids import reach_of

ROWS = f"{CASES} WHERE {{test}} ORDER BY {{order}} LIMIT %(limit)s OFFSET %(offset)s"
COUNT = "SELECT count(*)::int FROM intake_case WHERE {test}"
NEXT = "SELECT id FROM intake_case WHERE {test} AND (applied_on, id) > (%(day)s, %(case)s) ORDER BY {order} LIMIT 1"
OLDEST, LATEST = "applied_on, id", "applied_on DESC, id DESC"
# 受〔2024〕00001号, also as one types it: 受2024-1
NUMBER = re.compile(r"([受复])\s*[〔\[(（]?\s*(\d{4})\s*[〕\])）]?\s*[-－]?\s*(\d{1,5})\s*号?")


@dataclass(frozen=True)
class CaseAsked:
    """Which cases: in a division ("" all that is seen), of these states (none: any), a kind, only these ids."""

    division: str = ""
    states: tuple[str, ...] = ()
    kind: str = ""
    is_open: bool = False
    ids: tuple[int, ...] | None = None
    households: tuple[int, ...] | None = None


def number_in(text: str) -> str:
    """The case number that stands in what was typed or scanned; "" where there is none."""
    found = NUMBER.search(text)
    return f"{found[1]}〔{found[2]}〕{int(found[3]):05d}号" if found else ""


def listed_cases(asked: CaseAsked, *, limit: int | None = 50, offset: int = 0) -> list[CaseRow]:
    """Cases page by page (limit None: all): open ones the oldest first, else the latest first."""
    test, values = _test(asked)
    sql = ROWS.format(test=test, order=OLDEST if asked.is_open else LATEST)
    return read(CaseRow, sql, {**values, "limit": limit, "offset": offset})


def cases_count(asked: CaseAsked) -> int:
    """How many cases there are."""
    test, values = _test(asked)
    row = first_row(COUNT.format(test=test), values)
    return int(str(row[0])) if row else 0


def case_after(asked: CaseAsked, case_id: int, applied_on: date) -> int | None:
    """The next case of the same list after this one, by its day; None at the end."""
    test, values = _test(asked)
    sql = NEXT.format(test=test, order=OLDEST)
    return next(iter(read(int, sql, {**values, "day": applied_on, "case": case_id})), None)


def _test(asked: CaseAsked) -> tuple[str, dict[str, object]]:
    """The condition in SQL and its values."""
    tests = ["division ^@ %(reach)s"]
    values: dict[str, object] = {"reach": reach_of(asked.division) if asked.division else ""}
    if asked.is_open:
        tests.append(IS_OPEN)
    lists: Sequence[tuple[str, Collection[object] | None]] = (
        ("state", asked.states or None), ("id", asked.ids), ("household_id", asked.households),
    )  # fmt: skip
    for column, wanted in lists:
        if wanted is not None:
            tests.append(f"{column} = ANY(%({column})s)")
            values[column] = list(wanted)
    if asked.kind:
        tests.append("kind = %(kind)s")
        values["kind"] = asked.kind
    return " AND ".join(tests), values
