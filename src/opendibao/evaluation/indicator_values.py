"""指标现值: what indicators say of a year for whoever names them: as the newest snapshot locked it, else as of now."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from opendibao.evaluation.figure import Measured, Period
from opendibao.evaluation.indicator import NOT_MEASURED, Indicator
from opendibao.evaluation.library import library
from opendibao.evaluation.models import SheetRow, Snapshot
from opendibao.evaluation.queries import indicators, latest_snapshot, named, sheet
from opendibao.evaluation.rows import measure_all
from opendibao.evaluation.scored_rows import ScoredRow
from opendibao.evaluation.sheet import Direction
from opendibao.evaluation.snapshot import conclusion_of


@dataclass(frozen=True)
class IndicatorValue:
    """An indicator and how it stands: `target` is empty where it is not a row of the sheet.

    `is_met` is None where nothing was measured or nothing is wanted, `figure_id` empty where no rows can be opened.
    """

    code: str
    name: str
    target: str = ""
    actual: str = NOT_MEASURED
    is_met: bool | None = None
    figure_id: str = ""
    position: int = 0

    @property
    def is_on_sheet(self) -> bool:
        """Whether the year's sheet has a row for it."""
        return bool(self.position)


@dataclass(frozen=True)
class YearValues:
    """Indicators by code; `version` of the snapshot they come from is 0 where they were measured now."""

    version: int
    as_of: date | None
    by_code: Mapping[str, IndicatorValue] = field(default_factory=dict)

    def of(self, codes: Sequence[str]) -> tuple[IndicatorValue, ...]:
        """The values of these indicators in their order; a code that no folder has any more keeps its code as name."""
        return tuple(self.by_code.get(code) or IndicatorValue(code, code) for code in codes)


def year_values(year: int, division: str, codes: Collection[str], asked: Period | None = None) -> YearValues:
    """The values of these indicators: locked, else measured for `asked`; without it they stay unmeasured."""
    known = {code: one for code, one in indicators().items() if code in codes}
    rows = {row.indicator: row for row in sheet(year, division)}
    if snapshot := latest_snapshot(year, division):
        return YearValues(snapshot.version, snapshot.as_of, dict(_locked(snapshot, known, rows)))
    if asked is None:
        return YearValues(0, None, {code: _unmeasured(one, rows.get(code)) for code, one in known.items()})
    return YearValues(0, asked.as_of, dict(_now(asked, known, rows)))


def _unmeasured(one: Indicator, row: SheetRow | None) -> IndicatorValue:
    if row is None:
        return IndicatorValue(one.code, one.name)
    return IndicatorValue(one.code, one.name, row.target_text, position=row.position)


def _locked(
    snapshot: Snapshot, known: Mapping[str, Indicator], rows: Mapping[str, SheetRow]
) -> Iterator[tuple[str, IndicatorValue]]:
    said = conclusion_of(snapshot)
    scored = {row.code: row for row in (*said.rows, *said.beside)}
    read = {one.indicator.code: one for one in library(snapshot.year, snapshot.division)}
    for code, one in known.items():
        if code in scored:
            yield code, _printed(scored[code])
        elif code in rows or not read[code].measured:
            yield code, _unmeasured(one, rows.get(code))
        else:
            yield code, IndicatorValue(code, one.name, actual=read[code].reading.text, figure_id=read[code].figure_id)


def _printed(row: ScoredRow) -> IndicatorValue:
    met = row.is_met if row.is_measured else None
    return IndicatorValue(row.code, row.name, row.target, row.actual, met, row.figure_id, row.position)


def _now(
    asked: Period, known: Mapping[str, Indicator], rows: Mapping[str, SheetRow]
) -> Iterator[tuple[str, IndicatorValue]]:
    own = {code: named(one, rows[code].position if code in rows else None) for code, one in known.items()}
    measured = {one.figure.id: one for one in measure_all((each for one in own.values() for each in one), asked)}
    for code, one in known.items():
        yield code, _read(one, rows.get(code), [measured[figure.id] for figure in own[code]])


def _read(one: Indicator, row: SheetRow | None, measured: Sequence[Measured]) -> IndicatorValue:
    if not measured:
        return _unmeasured(one, row)
    reading, figure_id = one.reading(measured), measured[0].figure.id
    if row is None:
        return IndicatorValue(one.code, one.name, actual=reading.text, figure_id=figure_id)
    met = None if reading.value is None or row.target is None else _met(row, reading.value, row.target)
    return IndicatorValue(one.code, one.name, row.target_text, reading.text, met, figure_id, row.position)


def _met(row: SheetRow, actual: Decimal, target: Decimal) -> bool:
    if row.direction == Direction.AT_LEAST:
        return actual >= target
    return actual <= target if row.direction == Direction.AT_MOST else actual == target
