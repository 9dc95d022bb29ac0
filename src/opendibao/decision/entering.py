"""作出决定: enters a decision, ends the one before it, writes its letter and its entry for the superior system."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.decision.assessing import keep_rules
from opendibao.decision.ground import Ground
from opendibao.decision.letter import Told, letter_text
from opendibao.decision.models import Decision, DecisionKind, Letter, OutboxEvent
from opendibao.intake.actions import move_case
from opendibao.intake.states import CaseState
from opendibao.kernel.duties import Duty
from opendibao.kernel.ids import township_of
from opendibao.kernel.month import month_of
from opendibao.kernel.workdays import add_workdays
from opendibao.registry.queries import full_name
from opendibao.rulemaking.queries import pack_in_force
from opendibao.rules.answer import Reason

IDENTITY = "SELECT nextval(pg_get_serial_sequence('decision_decision', 'id')), next_decision_number(%s)"


@dataclass(frozen=True)
class Ruling:
    """What is decided and why; money is fen a month, months are first days."""

    kind: DecisionKind
    cause: str
    facts: Mapping[str, Any]
    reasons: Sequence[Reason]
    outcome: str = ""
    persons: int = 0
    amount_fen: int = 0
    supplement_fen: int = 0
    gap_fen: int = 0
    rule_set: str = ""
    first_month: date | None = None
    last_month: date | None = None
    ended_on: date | None = None


@needs(Duty.CONFIRM)
def enter(ground: Ground, ruling: Ruling, state: CaseState) -> Decision:
    """Enter the decision with all that goes with it; the case gets its final state."""
    pk, number = _identity(ground.on)
    if ruling.rule_set:  # a stop for a fact of its own (death, moving away) computes nothing
        keep_rules(ruling.rule_set, ground.on)
    if ground.former:
        _end(ground.former, ground.on, pk)
    decision = Decision.objects.create(
        pk=pk, number=number, household_id=ground.case.household_id, case=ground.case, division=ground.case.division,
        area=ground.case.area, decided_on=ground.on, maker=ground.maker, approver=ground.approver,
        kind=ruling.kind, cause=ruling.cause, outcome=ruling.outcome, persons=ruling.persons,
        amount_fen=ruling.amount_fen, supplement_fen=ruling.supplement_fen, gap_fen=ruling.gap_fen,
        facts=dict(ruling.facts), rule_set=ruling.rule_set, first_month=ruling.first_month,
        last_month=ruling.last_month, ended_on=ruling.ended_on,
    )  # fmt: skip
    move_case(ground.case, state, on=ground.on)
    _tell(decision, ground, ruling)
    return decision


def _identity(on: date) -> tuple[int, str]:
    """Id and number beforehand: the former decision must name what ends it before the new one may begin."""
    with connection.cursor() as cursor:
        cursor.execute(IDENTITY, [on.year])
        pk, number = cursor.fetchone()
    return int(pk), str(number)


def _end(former: Decision, on: date, ended_by: int) -> None:
    """The month of the new decision is the last one that the former pays."""
    last = min(month_of(on), former.last_month or month_of(on))
    Decision.objects.filter(pk=former.pk).update(ended_on=on, last_month=last, ended_by=ended_by)


def _tell(decision: Decision, ground: Ground, ruling: Ruling) -> None:
    pack, division = pack_in_force(), decision.division
    head = next((m["name"] for m in ground.survey.found["members"] if m.get("relation") == "head"), "户主")
    before = ground.former.amount_fen if ground.former else None
    told = Told(head, full_name(township_of(division)), ruling.reasons, before, pack.word("regime.name", ground.on))
    Letter.objects.create(decision=decision, division=division, sent_on=ground.on, text=letter_text(decision, told))
    due_on = add_workdays(ground.on, pack.value("clock.outbox", ground.on))
    OutboxEvent.objects.create(decision=decision, division=division, happened_on=ground.on, due_on=due_on)
    payload: dict[str, object] = {"on": str(ground.on), "decision": decision.number, "cause": decision.cause}
    payload |= {"amount_fen": decision.amount_fen, "maker": decision.maker, "approver": decision.approver}
    record(
        DecisionKind(decision.kind).label,
        f"案件 {ground.case.number}",
        division=division,
        at=ground.at,
        payload=payload,
    )
