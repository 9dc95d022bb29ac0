"""锁定: figures are locked as a draft; with the report's text they become final, chained and never changed again."""

import json
from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.audit.session import officer_name
from opendibao.audit.submissions import hold
from opendibao.evaluation.figure import Period
from opendibao.evaluation.models import FindingNote, Snapshot
from opendibao.evaluation.queries import latest_snapshot, newest_final, period, same_final, snapshot_of
from opendibao.evaluation.refusal import EvaluationRefused, NoReason
from opendibao.evaluation.snapshot import content_of, final_content
from opendibao.evaluation.snapshot_chain import chain_of, sha256_of
from opendibao.kernel.duties import Duty

LONGEST_NOTE, ERROR = 300, "error"


class NotFinal(EvaluationRefused):
    """A year cannot be made final yet: it is not over, a month is open, or an error is neither mended nor explained."""


def snapshot_subject(year: int) -> str:
    """The audit's name of a year's snapshots."""
    return f"快照 {year}"


def note_subject(year: int, finding: str) -> str:
    """The audit's name of the notes on a finding."""
    return f"体检说明 {year} {finding}"


@needs(Duty.EVALUATE)
@transaction.atomic
def sign_note(year: int, division: str, finding: str, note: str, *, where: str = "", at: datetime) -> FindingNote:
    """Close a finding of the check-up at its place by a signed note that the report prints, once. Raises NoReason.

    Without a place the note closes every finding of that id.
    """
    hold(note_subject(year, finding))
    if not note.strip():
        raise NoReason("说明不能为空")
    if len(note.strip()) > LONGEST_NOTE:
        raise NoReason(f"说明最多{LONGEST_NOTE}个字，现在有{len(note.strip())}个，请缩短")
    if FindingNote.objects.filter(year=year, division=division, finding=finding, where=where).exists():
        raise NoReason(f"{year}年度的{finding}{f'（{where}）' if where else ''}已经有签署的说明，不能再签")
    signed = FindingNote.objects.create(
        year=year, division=division, finding=finding, where=where, note=note.strip(), officer=officer_name()
    )
    said: dict[str, object] = {"note": note.strip(), **({"where": where} if where else {})}
    record("签署体检说明", note_subject(year, finding), division=division, at=at, payload=said)
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
def lock_snapshot(asked: Period, content: Mapping[str, object], *, at: datetime) -> Snapshot:
    """Lock the figures of a year as a draft; what the newest final or a former draft holds already is that one."""
    hold(snapshot_subject(asked.year))
    sha256 = sha256_of(content)
    if kept := same_final(asked.year, asked.division, sha256) or snapshot_of(asked.year, asked.division, sha256):
        return kept
    return _kept(asked, content, sha256, at=at)


@needs(Duty.EVALUATE)
@transaction.atomic
def lock_final(asked: Period, content: Mapping[str, object], report: Mapping[str, object], *, at: datetime) -> Snapshot:
    """Make a year final: figures, conclusion and the report's text, chained to the final before. Raises NotFinal.

    `report` holds the report's text and the findings of its own check-up. The same again is the same final.
    """
    hold(f"定稿 {asked.division}")  # one chain for all years of a county
    _refuse_unfinished(asked, content, report)
    whole = final_content(content, report)
    sha256 = sha256_of(whole)
    last = newest_final(asked.division)
    if last and (last.year, last.sha256) == (asked.year, sha256):
        return last
    previous = last.chain if last else ""
    return _kept(asked, whole, sha256, previous=previous, chain=chain_of(previous, sha256), at=at)


def _refuse_unfinished(asked: Period, content: Mapping[str, object], report: Mapping[str, object]) -> None:
    if asked.as_of < date(asked.year, 12, 31):
        raise NotFinal(f"{asked.year}年度还没有过完（数字截至{asked.as_of}），不能定稿；现在只能作年中监控")
    said = json.loads(json.dumps(content["conclusion"], ensure_ascii=False))
    if months := said["open_months"]:
        raise NotFinal(f"{'、'.join(months)}的发放还没有关账，不能定稿；请关账后重新取数")
    found = [*said["findings"], *report["findings"]]  # type: ignore[misc]
    told = {f"{one['id']} {one['where']}": one["zh"] for one in found if one["severity"] == ERROR and not one["note"]}
    if told:
        listed = "；".join(f"{where}：{zh}" for where, zh in told.items())
        raise NotFinal(f"体检还有{len(told)}项错误，不能定稿，请改正或者签署说明：{listed}")


def _kept(
    asked: Period, content: Mapping[str, object], sha256: str, *, previous: str = "", chain: str = "", at: datetime
) -> Snapshot:
    last = latest_snapshot(asked.year, asked.division)
    made = Snapshot.objects.create(
        year=asked.year, version=last.version + 1 if last else 1, division=asked.division, as_of=asked.as_of,
        known_at=asked.known_at, content=content, sha256=sha256, previous=previous, chain=chain,
        is_final=bool(chain), officer=officer_name(),
    )  # fmt: skip
    said: dict[str, object] = {"version": made.version, "sha256": sha256, **({"chain": chain} if chain else {})}
    act = "报告定稿" if chain else "锁定快照"
    record(act, snapshot_subject(asked.year), division=asked.division, at=at, payload=said)
    return Snapshot.objects.get(pk=made.pk)  # as everybody reads it: lists, not tuples
