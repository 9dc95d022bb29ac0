"""打开数字: runs a figure's query for its totals, its rows page by page, or all of them."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection

from opendibao.audit.sql_rows import over_whole_tables
from opendibao.decision.queries import recomputed_amounts
from opendibao.evaluation.figure import Figure, Measured, Period
from opendibao.kernel.ids import mask_account, mask_id_number, mask_name
from opendibao.kernel.workdays import is_workday
from opendibao.rulemaking.queries import pack_in_force

TOTALS = "SELECT count(*), coalesce(sum(n), 0)::bigint, coalesce(sum(d), 0)::bigint FROM ({rows}) AS evidence"
PAGE = "SELECT * FROM ({rows}) AS evidence LIMIT %(limit)s OFFSET %(offset)s"
MASKS: dict[str, Callable[[str], str]] = {
    "户主": mask_name,
    "姓名": mask_name,
    "身份证号": mask_id_number,
    "账号": mask_account,
}
HIDDEN = ("n", "d")
LONGEST_CLOCK = timedelta(days=120)  # a deadline that begins in the year may lie after it
PARAMETERS = {
    "tolerance_fen": "evaluation.accuracy_tolerance",
    "decide_workdays": "clock.decide",
}
Totals = tuple[int, int, int]


@cache
def _workdays(first: date, last: date) -> list[date]:
    return [day for n in range((last - first).days + 1) if is_workday(day := first + timedelta(days=n))]


def parameters(figure: Figure, period: Period) -> dict[str, Any]:
    """Query parameters of a figure; calendars, policy numbers and recomputed amounts only where its text asks."""
    asked: dict[str, Any] = period.parameters()
    if "%(workdays)s" in figure.sql:
        asked["workdays"] = _workdays(date(period.year - 1, 1, 1), period.as_of + LONGEST_CLOCK)
    for name, path in PARAMETERS.items():
        if f"%({name})s" in figure.sql:
            asked[name] = pack_in_force().value(path, period.as_of)
    if "%(recomputed_ids)s" in figure.sql:
        again = recomputed_amounts(paid_from=date(period.year, 1, 1), paid_to=period.as_of)
        asked["recomputed_ids"], asked["recomputed_fen"] = list(again), list(again.values())
    return asked


def measure(figure: Figure, period: Period) -> Measured:
    """Count a figure over all its rows, in the database."""
    return Measured(figure, *_totals(figure, period))


def measure_all(figures: Iterable[Figure], period: Period) -> list[Measured]:
    """Count many figures; those that read the same rows are read once."""
    read: dict[str, Totals] = {}
    found = []
    for figure in figures:
        if figure.sql not in read:
            read[figure.sql] = _totals(figure, period)
        found.append(Measured(figure, *read[figure.sql]))
    return found


def _totals(figure: Figure, period: Period) -> Totals:
    asked = parameters(figure, period)
    with over_whole_tables(), connection.cursor() as cursor:
        cursor.execute(TOTALS.format(rows=figure.sql), asked)
        count, n, d = cursor.fetchone()
    return count, n, d


def page(figure: Figure, period: Period, *, limit: int, offset: int = 0, masked: bool = True) -> list[list[str]]:
    """Some rows of a figure as text under its Chinese heads; names, ids and accounts masked unless asked."""
    asked = {**parameters(figure, period), "limit": limit, "offset": offset}
    words = {head: _words(field) for head, field in figure.coded.items()}
    with over_whole_tables(), connection.cursor() as cursor:
        cursor.execute(PAGE.format(rows=figure.sql), asked)
        names = [column.name for column in cursor.description]
        shown = [index for index, name in enumerate(names) if name not in HIDDEN]
        rows = [[_text(row[index]) for index in shown] for row in cursor.fetchall()]
    return [_said(figure, row, words, masked) for row in rows]


def _words(field: str | Mapping[str, str]) -> Mapping[str, str]:
    if not isinstance(field, str):
        return field
    model, name = field.rsplit(".", 1)
    return {str(code): str(word) for code, word in apps.get_model(model)._meta.get_field(name).flatchoices}


def _text(cell: object) -> str:
    return "—" if cell is None or cell == "" else str(cell)


def _said(figure: Figure, row: list[str], words: Mapping[str, Mapping[str, str]], masked: bool) -> list[str]:
    said = []
    for head, cell in zip(figure.columns, row, strict=True):
        text = words[head].get(cell, cell) if head in words else cell
        said.append(MASKS[head](text) if masked and head in MASKS else text)
    return said
