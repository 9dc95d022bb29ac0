"""告知书送达: one sentence of the officer's own before the letter goes out, and how it reached the family."""

from datetime import date, datetime

from django.db import transaction

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.decision.models import DecisionKind, Letter
from opendibao.decision.refusal import DecisionRefused
from opendibao.intake.case_letters import WAYS, delivery_fault
from opendibao.kernel.duties import Duty

NOTE_LENGTH = 300


@needs(Duty.CONFIRM)
@transaction.atomic
def note_letter(decision_id: int, *, note: str, at: datetime) -> Letter:
    """补充说明: one sentence in the officer's own words; the text of the law stays as it is. Raises DecisionRefused."""
    letter = _locked(decision_id)
    if letter.delivered_on:
        raise DecisionRefused(f"告知书已在{letter.delivered_on}签收，不能再改补充说明")
    if len(note.strip()) > NOTE_LENGTH:
        raise DecisionRefused(f"补充说明最多{NOTE_LENGTH}字，现在有{len(note.strip())}字，请缩短")
    letter.note = note.strip()
    letter.save(update_fields=["note"])
    _record("补充告知书说明", letter, at, note=letter.note)
    return letter


@needs(Duty.ACCEPT, Duty.REVIEW, Duty.CONFIRM)
@transaction.atomic
def deliver_decision(decision_id: int, *, how: str, receiver: str, on: date, at: datetime) -> Letter:
    """送达告知书: how the letter reached the family and who took it, once (57号 第二十一条). Raises DecisionRefused."""
    letter = _locked(decision_id)
    if fault := delivery_fault(letter.sent_on, letter.delivered_on, letter.receiver, how, receiver, on):
        raise DecisionRefused(f"决定{letter.decision.number}的告知书：{fault}")
    letter.delivered_on, letter.delivered_how, letter.receiver = on, how, receiver.strip()
    letter.save(update_fields=["delivered_on", "delivered_how", "receiver"])
    _record("送达告知书", letter, at, on=str(on), how=WAYS[how])
    return letter


def _locked(decision_id: int) -> Letter:
    found = Letter.objects.select_for_update(of=("self",)).select_related("decision__case")
    letter = found.filter(decision=decision_id).first()
    if letter is None:
        raise DecisionRefused("没有这份告知书，或不在本人可见的区划内")
    if letter.decision.voided_on:
        raise DecisionRefused(f"决定{letter.decision.number}已在{letter.decision.voided_on}撤销，告知书作废")
    return letter


def _record(action: str, letter: Letter, at: datetime, **payload: object) -> None:
    decision = letter.decision
    said = {"decision": decision.number, "letter": DecisionKind(decision.kind).label, **payload}
    number = decision.case.number if decision.case else decision.number
    record(action, f"案件 {number}", division=letter.division, at=at, payload=said)
