"""量一年: measures every figure and every indicator of the sheet; nothing here is typed in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import Any

from opendibao.evaluation.figure import Figure, Measured, Period
from opendibao.evaluation.figures import ALL
from opendibao.evaluation.indicator import Indicator, Reading
from opendibao.evaluation.models import AccuracyCheck, FindingNote, GivenScore, SheetRow, Snapshot, YearSheet
from opendibao.evaluation.rows import measure_all
from opendibao.kernel.discovery import modules
from opendibao.payment.coverage import COUNTY_TIME


class UnknownFigure(LookupError):
    """No figure has this id."""


def indicators() -> dict[str, Indicator]:
    """Every indicator folder, by code."""
    return dict(_indicators())


@cache
def _indicators() -> Mapping[str, Indicator]:
    found = modules("opendibao.evaluation.indicators", "indicator.py")
    return {module.INDICATOR.code: module.INDICATOR for module in found.values()}


def period(year: int, *, as_of: date | None = None, known_at: datetime, division: str) -> Period:
    """A year up to its end, or up to `as_of`, as known at a time; never beyond the day of knowledge."""
    last = min(as_of or date(year, 12, 31), known_at.astimezone(COUNTY_TIME).date())
    return Period(year, last, known_at, division)


def snapshot_period(snapshot: Snapshot) -> Period:
    """The question that a locked snapshot answered."""
    return Period(snapshot.year, snapshot.as_of, snapshot.known_at, snapshot.division)


@dataclass(frozen=True)
class RowReading:
    """One row of the sheet with what its indicator measured."""

    row: SheetRow
    indicator: Indicator
    reading: Reading
    measured: tuple[Measured, ...]


def sheet(year: int, division: str) -> list[SheetRow]:
    """The rows of the year's newest indicator sheet in their order."""
    newest = YearSheet.objects.filter(year=year, division=division).order_by("-version")[:1]
    return list(SheetRow.objects.filter(sheet__in=newest.values("pk")).order_by("position"))


def places(year: int, division: str) -> dict[str, int]:
    """At which place of the year's sheet each indicator stands, by code."""
    return {row.indicator: row.position for row in sheet(year, division)}


def snapshot_places(snapshot: Snapshot) -> dict[str, int]:
    """The same as the snapshot locked it: a sheet that has changed since renames no locked figure."""
    said = snapshot.content["conclusion"]
    return {row["code"]: row["position"] for row in (*said["rows"], *said["beside"])}


def measure_year(asked: Period) -> list[Measured]:
    """Measure every figure of a year: those of the text, and those of every indicator, on the sheet or not."""
    return measure_all(figures(asked.year, asked.division), asked)


def read_sheet(asked: Period, measured: Sequence[Measured]) -> list[RowReading]:
    """Read every row of the sheet from the figures that were measured (`measure_year`)."""
    known, by_id = indicators(), {one.figure.id: one for one in measured}
    found = []
    for row in sheet(asked.year, asked.division):
        indicator = known[row.indicator]
        own = tuple(by_id[figure.id] for figure in published(row, indicator))
        found.append(RowReading(row, indicator, indicator.reading(own), own))
    return found


def locked_measured(figure: Figure, kept: Mapping[str, Any]) -> Measured:
    """What a snapshot keeps of a figure (`content["figures"]`)."""
    return Measured(figure, kept["rows"], kept["n"], kept["d"], kept.get("failed", ""))


def named(indicator: Indicator, place: int | None) -> tuple[Figure, ...]:
    """The indicator's figures under their public ids.

    On the sheet indicator.01, and indicator.01.b … for what stands beside; else its code in place of the number.
    """
    head = f"indicator.{indicator.code if place is None else f'{place:02d}'}"
    ids = [head, *(f"{head}.{letter}" for letter in "bcd")]
    return tuple(replace(figure, id=name) for figure, name in zip(indicator.figures, ids, strict=False))


def published(row: SheetRow, indicator: Indicator) -> tuple[Figure, ...]:
    """The figures of a row of the sheet under their public ids."""
    return named(indicator, row.position)


def figures(year: int, division: str) -> Iterator[Figure]:
    """All figures of a year: those of the text, of the sheet's indicators, and of those not on the sheet."""
    return figures_at(places(year, division))


def figures_at(on_sheet: Mapping[str, int]) -> Iterator[Figure]:
    """All figures, where the sheet's indicators stand at these places (`places`, `snapshot_places`)."""
    yield from ALL
    known = indicators()
    for code in sorted(on_sheet.keys() & known.keys(), key=on_sheet.__getitem__):
        yield from named(known[code], on_sheet[code])
    for code, indicator in known.items():
        if code not in on_sheet:
            yield from named(indicator, None)


def figure(figure_id: str, year: int, division: str) -> Figure:
    """One figure by its public id; raises UnknownFigure."""
    return figure_at(figure_id, places(year, division))


def figure_at(figure_id: str, on_sheet: Mapping[str, int]) -> Figure:
    """One figure by its public id, or an indicator's first by indicator.<code>; raises UnknownFigure."""
    head, _, code = figure_id.partition(".")
    wanted = f"{head}.{on_sheet[code]:02d}" if code in on_sheet else figure_id
    for one in figures_at(on_sheet):
        if one.id == wanted:
            return one
    raise UnknownFigure(f"没有编号为“{figure_id}”的数字，可用 opendibao evidence --list 查看全部编号")


def given_scores(year: int, division: str) -> dict[str, GivenScore]:
    """Scores that persons gave, by indicator code; where one was given again, the newest."""
    found = GivenScore.objects.filter(year=year, division=division).order_by("number")
    return {given.indicator: given for given in found}


Notes = Mapping[tuple[str, str], FindingNote]


def notes(year: int, division: str) -> Notes:
    """Signed notes that close findings, by finding id and place (`note_of`)."""
    return {(note.finding, note.where): note for note in FindingNote.objects.filter(year=year, division=division)}


def note_of(signed: Notes, finding: str, where: str) -> FindingNote | None:
    """The note that closes a finding at its place; one signed without a place closes every finding of that id."""
    return signed.get((finding, where)) or signed.get((finding, ""))


def latest_snapshot(year: int, division: str) -> Snapshot | None:
    """The newest locked snapshot of a year, if there is one."""
    return Snapshot.objects.filter(year=year, division=division).order_by("-version").first()


def final_snapshot(year: int, division: str) -> Snapshot | None:
    """The newest final snapshot of a year, if there is one."""
    return Snapshot.objects.filter(year=year, division=division, is_final=True).order_by("-version").first()


def newest_final(division: str) -> Snapshot | None:
    """The last link of a county's chain of final snapshots, whatever its year."""
    return Snapshot.objects.filter(division=division, is_final=True).order_by("-pk").first()


def same_final(year: int, division: str, figures_sha256: str) -> Snapshot | None:
    """The year's newest final snapshot, if its figures and conclusion are exactly these."""
    last = final_snapshot(year, division)
    return last if last and last.content["report"]["figures_sha256"] == figures_sha256 else None


def snapshot_version(year: int, division: str, version: int) -> Snapshot | None:
    """The snapshot of a year with this version, if there is one."""
    return Snapshot.objects.filter(year=year, division=division, version=version).first()


def snapshots(year: int, division: str) -> list[Snapshot]:
    """Every snapshot of a year without its content, the newest first."""
    return list(Snapshot.objects.filter(year=year, division=division).defer("content").order_by("-version"))


def snapshot_of(year: int, division: str, sha256: str) -> Snapshot | None:
    """The snapshot of a year that holds exactly this content, if there is one."""
    return Snapshot.objects.filter(year=year, division=division, sha256=sha256).first()


def accuracy_sample(year: int) -> list[tuple[int, dict[str, object]]]:
    """The year's drawn checks: id and the facts of the decision that is checked."""
    drawn = AccuracyCheck.objects.filter(year=year).order_by("pk")
    return [(check, facts) for check, facts in drawn.values_list("pk", "decision__facts")]


def newest_snapshot(division: str) -> Snapshot | None:
    """The snapshot of the latest evaluated year, if there is one."""
    return Snapshot.objects.filter(division=division).order_by("-year", "-version").first()
