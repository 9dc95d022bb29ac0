"""快照: what is locked of a year, and the conclusion read back from it as it was."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from opendibao.evaluation.conclusion import Conclusion, ExecutionLine, FindingLine, ReadingLine, conclude
from opendibao.evaluation.deviation import DeviationLine
from opendibao.evaluation.figure import Measured, Period
from opendibao.evaluation.goals import Goal, Horizon
from opendibao.evaluation.models import Snapshot
from opendibao.evaluation.queries import measure_year
from opendibao.evaluation.scored_rows import ScoredRow, Subtotal

LISTS: Mapping[str, type] = {
    "rows": ScoredRow,
    "beside": ScoredRow,
    "subtotals": Subtotal,
    "readings": ReadingLine,
    "findings": FindingLine,
    "deviations": DeviationLine,
}


def content_of(asked: Period) -> dict[str, object]:
    """All figures and the conclusion of a year as plain data; nothing in it says when it was asked. Raises NoSheet."""
    measured = measure_year(asked)
    return {
        "year": asked.year,
        "division": asked.division,
        "as_of": asked.as_of.isoformat(),
        "figures": _figures(measured),
        "conclusion": asdict(conclude(asked, measured)),
    }


def _figures(measured: Sequence[Measured]) -> list[dict[str, object]]:
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
    kept["unmeasured"] = tuple(kept["unmeasured"])
    kept["open_months"] = tuple(kept.get("open_months", ()))
    kept["horizons"] = tuple(_horizon(one) for one in kept["horizons"])
    if kept["execution"]:
        kept["execution"] = ExecutionLine(**_tuples(kept["execution"]))
    return Conclusion(**kept)


def _horizon(kept: Mapping[str, Any]) -> Horizon:
    return Horizon(kept["key"], kept["label"], tuple(Goal(**_tuples(one)) for one in kept["items"]))


def _tuples(kept: Mapping[str, Any]) -> dict[str, Any]:
    """JSON knows no tuples: its lists of texts become tuples again."""
    return {name: tuple(cell) if isinstance(cell, list) else cell for name, cell in kept.items()}
