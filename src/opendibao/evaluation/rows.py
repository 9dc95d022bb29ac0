"""打开数字: runs a figure's query for its totals, its rows page by page, or all of them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any

from django.apps import apps
from django.db import DataError, NotSupportedError, ProgrammingError, connection, transaction
from psycopg.errors import InsufficientPrivilege

from opendibao.audit.sql_rows import over_whole_tables
from opendibao.decision.queries import recomputed_amounts
from opendibao.evaluation.figure import Figure, Measured, Period, without_order
from opendibao.evaluation.standard_effect import moved_parameters
from opendibao.kernel.ids import mask_account, mask_id_number, mask_name
from opendibao.kernel.workdays import is_workday
from opendibao.policy.pack import RuleGap
from opendibao.rulemaking.queries import pack_in_force

TOTAL = (
    "count(*) FILTER (WHERE {only}), coalesce(sum(n) FILTER (WHERE {only}), 0)::bigint, "
    "coalesce(sum(d) FILTER (WHERE {only}), 0)::bigint"
)
TOTALS = "SELECT {totals} FROM ({rows}) AS evidence"
ALL_ROWS = "TRUE"
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
    "central_bp": "cost_share.central",
    "province_bp": "cost_share.province",
    "city_bp": "cost_share.city",
}


class NoAnswer(LookupError):
    """A figure's query gives no answer: it is wrong, or a number of the law that it needs is not in force."""


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
    if "%(moved_ids)s" in figure.sql:
        asked |= moved_parameters(period)
    return asked


def measure(figure: Figure, period: Period) -> Measured:
    """Count a figure over all its rows, in the database; a query that gives no answer is said in words."""
    return _count([figure], figure.sql, {figure.id: ALL_ROWS}, period)[0]


def measure_all(figures: Iterable[Figure], period: Period) -> list[Measured]:
    """Count many figures; rows that several of them read are read once."""
    wanted = list(figures)
    readers: dict[str, list[Figure]] = defaultdict(list)
    for figure in wanted:
        readers[_rows_of(figure)[0]].append(figure)
    found: dict[str, Measured] = {}
    with over_whole_tables():
        for rows, among in readers.items():
            only = {figure.id: _rows_of(figure)[1] for figure in among}
            found |= {one.figure.id: one for one in _count(among, rows, only, period)}
    return [found[figure.id] for figure in wanted]


def _rows_of(figure: Figure) -> tuple[str, str]:
    return figure.wider or (figure.sql, ALL_ROWS)


def _count(figures: Sequence[Figure], rows: str, only: Mapping[str, str], period: Period) -> list[Measured]:
    """Rows, numerator and denominator of figures that read the same rows, each under its condition."""
    conditions = list(dict.fromkeys(only.values()))
    totals = ", ".join(TOTAL.format(only=condition) for condition in conditions)
    try:
        _, (cells,) = _asked(TOTALS.format(totals=totals, rows=without_order(rows)), figures[0], period)
    except NoAnswer as refusal:
        return [Measured(figure, 0, 0, 0, str(refusal)) for figure in figures]
    triples = dict(zip(conditions, zip(*[iter(cells)] * 3, strict=True), strict=True))
    return [Measured(figure, *triples[only[figure.id]]) for figure in figures]


def page(figure: Figure, period: Period, *, limit: int, offset: int = 0, masked: bool = True) -> list[list[str]]:
    """Some rows of a figure as text under its Chinese heads; names, ids and accounts masked unless asked.

    A query that gives no answer has no rows; `measure` says why.
    """
    try:
        names, found = _asked(PAGE.format(rows=figure.sql), figure, period, limit=limit, offset=offset)
    except NoAnswer:
        return []
    words = {head: _words(field) for head, field in figure.coded.items()}
    shown = [index for index, name in enumerate(names) if name not in HIDDEN]
    return [_said(figure, [_text(row[index]) for index in shown], words, masked) for row in found]


def _asked(sql: str, figure: Figure, period: Period, **more: int) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Names of the columns, and the rows; an error ends this query alone, not the transaction around it."""
    try:
        asked = {**parameters(figure, period), **more}
        with over_whole_tables(), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, asked)
            return [column.name for column in cursor.description], cursor.fetchall()
    except RuleGap as gap:
        raise NoAnswer(f"没有测得：{gap}") from None
    except (ProgrammingError, DataError, NotSupportedError) as error:
        if isinstance(error.__cause__, InsufficientPrivilege):
            raise  # who asks may not read: no fault of the question
        raise NoAnswer(f"没有测得：查询出错（{str(error).splitlines()[0]}），请检查指标的查询") from None


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
