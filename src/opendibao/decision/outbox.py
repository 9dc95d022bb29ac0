"""上报: decisions go to the superior system in files; what it returned goes up again when it was put right."""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from django.db import transaction
from django.db.models import Exists, OuterRef

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.audit.session import current_session, officer_name
from opendibao.decision.models import OutboxEvent, ReportingFile, SentBack
from opendibao.decision.refusal import DecisionRefused
from opendibao.decision.reporting_layouts import Layout, Reported, layouts, render
from opendibao.kernel.duties import Duty
from opendibao.kernel.ids import reach_of

FIRST_LAYOUT = "open_csv"
CORRECTION_LENGTH = 200


@needs(Duty.CONFIRM)
@transaction.atomic
def make_reporting_file(
    *, upto: date, on: date, at: datetime, layout: str = FIRST_LAYOUT, division: str = ""
) -> ReportingFile | None:
    """生成上报文件: what was decided up to a day and has not gone up; None when there is nothing.

    A voided decision never goes up; what came back goes up again only when it was put right. `division` is the code
    of a township whose events alone are meant ("" all that the officer sees).
    Raises DecisionRefused for an unknown layout or a day that is still to come.
    """
    written = _layout(layout)
    if upto > on:
        raise DecisionRefused(f"截止日期{upto}晚于上报日期{on}，请填上报那天或更早的日期")
    events = _waiting(upto, division)
    if not events:
        return None
    reach = current_session().reach.ljust(12, "0")
    content = render(written, [_reported(event) for event in events])
    made = ReportingFile.objects.create(
        name=_name(on, written), division=reach, layout=layout, sent_on=on, sent_by=officer_name(), events=len(events),
        sha256=hashlib.sha256(content).hexdigest(), content=content,
    )  # fmt: skip
    OutboxEvent.objects.filter(pk__in=[event.pk for event in events]).update(sent_on=on, file=made.name)
    payload: dict[str, object] = {"on": str(on), "upto": str(upto), "events": len(events), "sha256": made.sha256}
    record("上报上级系统", f"上报文件 {made.name}", division=reach, at=at, payload=payload)
    return made


def _layout(key: str) -> Layout:
    if key not in layouts():
        raise DecisionRefused(f"没有“{key}”这种上报版式，请从列出的里面选：{'、'.join(layouts())}")
    return layouts()[key]


def _waiting(upto: date, division: str) -> list[OutboxEvent]:
    """The events, locked, in the order of their numbers."""
    found = OutboxEvent.objects.filter(happened_on__lte=upto, sent_on=None, accepted_on=None, decision__voided_on=None)
    found = found.exclude(Exists(SentBack.objects.filter(event=OuterRef("pk"), corrected_on=None)))
    if division:
        found = found.filter(division__startswith=reach_of(division))
    found = found.select_for_update(of=("self",)).select_related("decision__household")
    return list(found.order_by("decision__number"))


def _name(on: date, layout: Layout) -> str:
    """The name of the day's next file."""
    with_day = ReportingFile.objects.filter(sent_on=on).count()
    return f"上报-{on:%Y%m%d}-{with_day + 1}.{layout.format}"


def _reported(event: OutboxEvent) -> Reported:
    d = event.decision
    return Reported(
        d.number, d.kind, d.household.number, d.division, d.area, d.persons, d.amount_fen, d.decided_on, d.first_month,
        d.last_month, event.due_on,
    )  # fmt: skip


@needs(Duty.CONFIRM)
def send_outbox(*, upto: date, on: date, at: datetime, out_dir: Path, layout: str = FIRST_LAYOUT) -> Path | None:
    """上报: `make_reporting_file`, and put it into a folder; None when there is nothing.

    The database knows the sending before the file appears.
    """
    made = make_reporting_file(upto=upto, on=on, at=at, layout=layout)
    if made is None:
        return None
    out_dir.mkdir(parents=True, exist_ok=True)
    path = out_dir / made.name
    path.write_bytes(bytes(made.content))
    return path


@needs(Duty.ACCEPT, Duty.CONFIRM)
@transaction.atomic
def correct_return(decision_id: int, *, correction: str, on: date, at: datetime) -> SentBack:
    """改正退回: what was wrong is put right and said; the event waits to go up again.

    Raises DecisionRefused where nothing came back, it was corrected before, or nothing is said.
    """
    found = SentBack.objects.select_for_update(of=("self",)).select_related("event__decision")
    back = found.filter(event__decision=decision_id, corrected_on=None).first()
    if back is None:
        raise DecisionRefused("上级系统没有退回这个决定，或者已经改正，请看上报清单")
    said = correction.strip()
    if not said:
        raise DecisionRefused("请写明按退回原因改正了什么")
    if len(said) > CORRECTION_LENGTH:
        raise DecisionRefused(f"改正情况最多{CORRECTION_LENGTH}个字，现在有{len(said)}个，请缩短")
    if on < back.returned_on:
        raise DecisionRefused(f"改正日期{on}早于退回日期{back.returned_on}，请核对")
    back.corrected_on, back.corrected_by, back.correction = on, officer_name(), said
    back.save(update_fields=["corrected_on", "corrected_by", "correction"])
    payload: dict[str, object] = {"on": str(on), "reason": back.reason, "correction": said}
    record("改正上报退回", f"决定 {back.event.decision.number}", division=back.division, at=at, payload=payload)
    return back


def open_returns() -> Sequence[int]:
    """The decisions that came back and are not put right, the oldest first."""
    open_ = SentBack.objects.filter(corrected_on=None, event__decision__voided_on=None)
    return list(open_.order_by("returned_on", "pk").values_list("event__decision_id", flat=True))
