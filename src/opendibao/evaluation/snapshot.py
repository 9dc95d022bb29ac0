"""快照: what is locked of a year, and the conclusion read back from it as it was."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from opendibao.evaluation.attached import KEY as ATTACHED
from opendibao.evaluation.attached import attached
from opendibao.evaluation.conclusion import Conclusion, ExecutionLine, FindingLine, ReadingLine, conclude
from opendibao.evaluation.deviation import DeviationLine, DeviationPart
from opendibao.evaluation.figure import Measured, Period
from opendibao.evaluation.goals import Goal, Horizon
from opendibao.evaluation.models import Snapshot
from opendibao.evaluation.queries import (
    figures_at,
    indicators,
    locked_measured,
    measure_year,
    named,
    places,
    snapshot_places,
)
from opendibao.evaluation.scored_rows import ScoredRow, Subtotal
from opendibao.evaluation.snapshot_chain import sha256_of

__all__ = [
    "REPORT", "Snapshot", "conclusion_of", "content_from", "content_of", "figures_as_data", "final_content",
    "findings_of", "relocked",
]  # fmt: skip
REPORT = "report"
NOT_YET = "取数时还没有这个数字，请重新取数"
LISTS: Mapping[str, type] = {
    "rows": ScoredRow,
    "beside": ScoredRow,
    "subtotals": Subtotal,
    "readings": ReadingLine,
    "findings": FindingLine,
}


def content_of(asked: Period) -> dict[str, object]:
    """All figures and the conclusion of a year as plain data; nothing in it says when it was asked. Raises NoSheet."""
    measured = measure_year(asked)
    return content_from(asked, measured, conclude(asked, measured))


def content_from(asked: Period, measured: Sequence[Measured], said: Conclusion) -> dict[str, object]:
    """The same from what was measured and concluded already."""
    return {
        "year": asked.year,
        "division": asked.division,
        "as_of": asked.as_of.isoformat(),
        "figures": figures_as_data(measured),
        "conclusion": asdict(said),
        ATTACHED: asdict(attached(asked)),
    }


def final_content(content: Mapping[str, object], report: Mapping[str, object]) -> dict[str, object]:
    """What a final snapshot holds: figures and conclusion with their own hash, and the report with its text."""
    return {**content, REPORT: {**report, "figures_sha256": sha256_of(content)}}


def relocked(snapshot: Snapshot) -> list[Measured]:
    """What a snapshot measured, under the ids that the year's sheet gives it now; what it lacks is not measured."""
    then, now = snapshot_places(snapshot), places(snapshot.year, snapshot.division)
    renamed = {
        old.id: new.id
        for code, one in indicators().items()
        for old, new in zip(named(one, then.get(code)), named(one, now.get(code)), strict=True)
    }
    kept = {renamed.get(one["id"], one["id"]): one for one in snapshot.content["figures"]}
    return [
        locked_measured(figure, kept[figure.id]) if figure.id in kept else Measured(figure, 0, 0, 0, NOT_YET)
        for figure in figures_at(now)
    ]


def figures_as_data(measured: Sequence[Measured]) -> list[dict[str, object]]:
    """Figures as a snapshot keeps them."""
    return [
        {
            "id": one.figure.id, "zh": one.figure.zh, "value": one.text, "unit": one.figure.unit, "rows": one.rows,
            "n": one.n, "d": one.d, **({"failed": one.failed} if one.failed else {}),
        }
        for one in measured
    ]  # fmt: skip


def conclusion_of(snapshot: Snapshot) -> Conclusion:
    """The conclusion that a snapshot locked."""
    kept: dict[str, Any] = dict(snapshot.content["conclusion"])
    for name, row in LISTS.items():
        kept[name] = tuple(row(**_tuples(one)) for one in kept[name])
    kept["deviations"] = tuple(_deviation(one) for one in kept["deviations"])
    kept["unmeasured"] = tuple(kept["unmeasured"])
    kept["open_months"] = tuple(kept.get("open_months", ()))
    kept["horizons"] = tuple(_horizon(one) for one in kept["horizons"])
    if kept["execution"]:
        kept["execution"] = ExecutionLine(**_tuples(kept["execution"]))
    return Conclusion(**kept)


def findings_of(snapshot: Snapshot) -> tuple[FindingLine, ...]:
    """What the check-up found when a snapshot was locked: in the sheet, and of a final one in its text too."""
    if not snapshot.is_final:
        return conclusion_of(snapshot).findings
    return tuple(FindingLine(**one) for one in snapshot.content[REPORT]["findings"])


def _deviation(kept: Mapping[str, Any]) -> DeviationLine:
    parts = tuple(DeviationPart(**one) for one in kept.get("parts", ()))
    return DeviationLine(**{**kept, "parts": parts})


def _horizon(kept: Mapping[str, Any]) -> Horizon:
    return Horizon(kept["key"], kept["label"], tuple(Goal(**_tuples(one)) for one in kept["items"]))


def _tuples(kept: Mapping[str, Any]) -> dict[str, Any]:
    """JSON knows no tuples: its lists of texts become tuples again."""
    return {name: tuple(cell) if isinstance(cell, list) else cell for name, cell in kept.items()}
