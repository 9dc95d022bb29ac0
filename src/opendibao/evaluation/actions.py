"""评价: load the sheet, give a score with reason and name, sign a note, draw samples, lock the figures."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation

from django.db import transaction

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.audit.session import officer_name
from opendibao.evaluation import scale
from opendibao.evaluation.figure import Period
from opendibao.evaluation.goals import SheetTemplate, programme
from opendibao.evaluation.models import FindingNote, GivenScore, SheetRow, Snapshot
from opendibao.evaluation.queries import indicators, latest_snapshot, period, snapshot_of
from opendibao.evaluation.sampling import (
    draw_accuracy_sample,
    draw_satisfaction_sample,
    record_accuracy_check,
    record_answers,
)
from opendibao.evaluation.sheet import Direction
from opendibao.evaluation.snapshot import content_of
from opendibao.kernel.duties import Duty

__all__ = [
    "BadSheet",
    "NoReason",
    "SheetEntry",
    "draw_accuracy_sample",
    "draw_satisfaction_sample",
    "give_score",
    "load_sheet",
    "load_sheet_from_policy",
    "lock_snapshot",
    "lock_year",
    "record_accuracy_check",
    "record_answers",
    "sign_note",
]
FINEST = Decimal("0.01")


class BadSheet(ValueError):
    """A row of the sheet names no known indicator, or its target, weight or score is wrong."""


class NoReason(ValueError):
    """A person gives another score, or closes a finding, without saying why."""


@dataclass(frozen=True)
class SheetEntry:
    """One row to load: indicator code, direction, target with its printed form, weight."""

    indicator: str
    direction: str
    target: Decimal
    target_text: str
    weight: Decimal


@needs(Duty.EVALUATE)
@transaction.atomic
def load_sheet(year: int, division: str, entries: Sequence[SheetEntry], *, at: datetime) -> list[SheetRow]:
    """Enter the year's indicator sheet once, in order. Raises BadSheet naming the row."""
    if SheetRow.objects.filter(year=year, division=division).exists():
        raise BadSheet(f"{year}年度的指标表已经录入，不能重复录入")
    known = set(indicators())
    for number, entry in enumerate(entries, 1):
        if fault := _fault(entry, known):
            raise BadSheet(f"指标表第{number}行：{fault}")
    rows = SheetRow.objects.bulk_create(
        SheetRow(
            year=year, division=division, position=number, indicator=entry.indicator, direction=entry.direction,
            target=entry.target, target_text=entry.target_text, weight=entry.weight,
        )
        for number, entry in enumerate(entries, 1)
    )  # fmt: skip
    record("录入指标表", str(year), division=division, at=at, payload={"rows": len(rows)})
    return rows


def _fault(entry: SheetEntry, known: set[str]) -> str:
    if entry.indicator not in known:
        return f"没有名为“{entry.indicator}”的指标"
    if entry.direction not in set(Direction):
        return f"方向“{entry.direction}”应为：{'、'.join(Direction)}"
    if entry.target < 0:
        return f"指标值“{entry.target}”不能是负数"
    if not 0 <= entry.weight <= scale.number("full_marks") or entry.weight % FINEST:
        return f"分值“{entry.weight}”应在0到100之间，最多两位小数"
    return ""


@needs(Duty.EVALUATE)
def load_sheet_from_policy(year: int, division: str, values: Mapping[str, object], *, at: datetime) -> list[SheetRow]:
    """Enter the province's sheet, the year's numbers filled into its {…}. Raises BadSheet, BadGoals."""
    entries = [
        _entry(template, values, f"指标表第{number}行") for number, template in enumerate(programme(division).sheet, 1)
    ]
    return load_sheet(year, division, entries, at=at)


def _entry(template: SheetTemplate, values: Mapping[str, object], where: str) -> SheetEntry:
    try:
        target, text = (part.format_map(values) for part in (template.target, template.text))
        number, weight = Decimal(target), Decimal(template.weight)
    except KeyError as missing:
        raise BadSheet(f"{where}：年度目标里没有“{missing.args[0]}”，请在目标文件的 sheet 里补上") from None
    except InvalidOperation:
        raise BadSheet(f"{where}：指标值或分值不是数字") from None
    return SheetEntry(template.indicator, template.direction, number, text, weight)


@needs(Duty.EVALUATE)
@transaction.atomic
def give_score(year: int, division: str, indicator: str, score: Decimal, *, reason: str, at: datetime) -> GivenScore:
    """A person scores otherwise than the rule; name and reason stay with the score. Raises NoReason, BadSheet."""
    row = SheetRow.objects.filter(year=year, division=division, indicator=indicator).first()
    if row is None:
        raise BadSheet(f"{year}年度指标表没有“{indicator}”")
    if not reason.strip():
        raise NoReason("人工评分必须写明理由")
    if not 0 <= score <= row.weight or score % FINEST:
        raise BadSheet(f"得分{score}应在0到分值{row.weight}之间，最多两位小数")
    if GivenScore.objects.filter(year=year, division=division, indicator=indicator).exists():
        raise BadSheet(f"{year}年度的“{indicator}”已经评过分，不能再评")
    given = GivenScore.objects.create(
        year=year, division=division, indicator=indicator, score=score, reason=reason.strip(), officer=officer_name()
    )
    record("人工评分", indicator, division=division, at=at, payload={"score": str(score), "reason": reason})
    return given


@needs(Duty.EVALUATE)
@transaction.atomic
def sign_note(year: int, division: str, finding: str, note: str, *, at: datetime) -> FindingNote:
    """Close a finding of the check-up by a signed note that the report prints, once. Raises NoReason."""
    if not note.strip():
        raise NoReason("说明不能为空")
    if FindingNote.objects.filter(year=year, division=division, finding=finding).exists():
        raise NoReason(f"{year}年度的{finding}已经有签署的说明，不能再签")
    signed = FindingNote.objects.create(
        year=year, division=division, finding=finding, note=note.strip(), officer=officer_name()
    )
    record("签署体检说明", finding, division=division, at=at, payload={"note": note})
    return signed


@needs(Duty.EVALUATE)
def lock_year(year: int, division: str, *, at: datetime) -> Snapshot:
    """Measure all figures and the conclusion as known at a time and lock them. Raises NoSheet.

    A later fact changes no locked snapshot; where nothing has changed the former version is returned.
    """
    asked = period(year, known_at=at, division=division)
    return lock_snapshot(asked, content_of(asked), at=at)


@needs(Duty.EVALUATE)
@transaction.atomic
def lock_snapshot(asked: Period, content: dict[str, object], *, at: datetime) -> Snapshot:
    """Lock the figures of a year; content that was locked before is that version, other content a new one."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    if kept := snapshot_of(asked.year, asked.division, sha256):
        return kept
    last = latest_snapshot(asked.year, asked.division)
    snapshot = Snapshot.objects.create(
        year=asked.year, version=last.version + 1 if last else 1, division=asked.division, as_of=asked.as_of,
        known_at=asked.known_at, content=content, sha256=sha256, officer=officer_name(),
    )  # fmt: skip
    record("锁定快照", str(asked.year), division=asked.division, at=at, payload={"sha256": sha256})
    return Snapshot.objects.get(pk=snapshot.pk)  # as everybody reads it: lists, not tuples
