"""评价: sign a note, lock the figures; and the acts of the sheet, of scores and of samples, which stand beside it."""

import hashlib
import json
from datetime import datetime

from django.db import transaction

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.audit.session import officer_name
from opendibao.evaluation.figure import Period
from opendibao.evaluation.given_scores import give_score, judge_row
from opendibao.evaluation.models import FindingNote, Snapshot
from opendibao.evaluation.queries import latest_snapshot, period, snapshot_of
from opendibao.evaluation.questionnaires import record_answers
from opendibao.evaluation.refusal import BadSheet, NoReason
from opendibao.evaluation.resurveys import record_accuracy_check
from opendibao.evaluation.sampling import draw_accuracy_sample, draw_satisfaction_sample
from opendibao.evaluation.sheet_entry import change_sheet, load_sheet, load_sheet_from_policy, undo_sheet
from opendibao.evaluation.snapshot import content_of
from opendibao.evaluation.year_sheets import SheetEntry, SheetTerms
from opendibao.kernel.duties import Duty

__all__ = [
    "BadSheet",
    "NoReason",
    "SheetEntry",
    "SheetTerms",
    "change_sheet",
    "draw_accuracy_sample",
    "draw_satisfaction_sample",
    "give_score",
    "judge_row",
    "load_sheet",
    "load_sheet_from_policy",
    "lock_snapshot",
    "lock_year",
    "record_accuracy_check",
    "record_answers",
    "sign_note",
    "undo_sheet",
]


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
