"""作出决定: enters a decision, ends the one before it, writes its letter and its entry for the superior system."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.decision.assessing import keep_rules
from opendibao.decision.ground import Ground
from opendibao.decision.letter import Told, hotline, letter_text
from opendibao.decision.models import Decision, DecisionKind, Letter, OutboxEvent
from opendibao.intake.actions import move_case
from opendibao.intake.models import Case
from opendibao.intake.states import CaseState
from opendibao.kernel.duties import Duty
from opendibao.kernel.ids import township_of
from opendibao.kernel.month import month_of
from opendibao.kernel.workdays import add_workdays
from opendibao.policy.pack import Pack
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


@dataclass
class Office:
    """What letters and entries of one moment have in common: the county's numbers, the names of its townships."""

    pack: Pack
    towns: dict[str, str] = field(default_factory=dict)

    def town(self, division: str) -> str:
        """The township of a village, asked for once."""
        code = township_of(division)
        if code not in self.towns:
            self.towns[code] = full_name(code)
        return self.towns[code]


@needs(Duty.CONFIRM)
def enter(ground: Ground, ruling: Ruling, state: CaseState) -> Decision:
    """Enter the decision with all that goes with it; the case gets its final state."""
    pk, number = _identity(ground.on)
    if ruling.rule_set:  # a stop for a fact of its own (death, moving away) computes nothing
        keep_rules(ruling.rule_set, ground.on)
    if ground.former:
        _end(ground.former, ground.on, pk)
    decision = decision_of(ground.case, ruling, number, on=ground.on, maker=ground.maker, approver=ground.approver)
    decision.pk = pk
    decision.save(force_insert=True)
    move_case(ground.case, state, on=ground.on)
    before = ground.former.amount_fen if ground.former else None
    office = Office(pack_in_force())
    letter_of(decision, ruling, before, office).save()
    outbox_of(decision, office).save()
    subject, division, payload = event_of(decision, ground.case.number)
    record(DecisionKind(decision.kind).label, subject, division=division, at=ground.at, payload=payload)
    return decision


def decision_of(case: Case, ruling: Ruling, number: str, *, on: date, maker: str, approver: str) -> Decision:
    """A ruling on a case as a decision that is not stored yet."""
    return Decision(
        number=number, household_id=case.household_id, case=case, division=case.division, area=case.area,
        decided_on=on, maker=maker, approver=approver,
        kind=ruling.kind, cause=ruling.cause, outcome=ruling.outcome, persons=ruling.persons,
        amount_fen=ruling.amount_fen, supplement_fen=ruling.supplement_fen, gap_fen=ruling.gap_fen,
        facts=dict(ruling.facts), rule_set=ruling.rule_set, first_month=ruling.first_month,
        last_month=ruling.last_month, ended_on=ruling.ended_on,
    )  # fmt: skip


def letter_of(decision: Decision, ruling: Ruling, before_fen: int | None, office: Office) -> Letter:
    """The letter of a decision, not stored yet; `before_fen` is what was paid before it (None: nothing)."""
    head = next((m["name"] for m in ruling.facts["members"] if m.get("relation") == "head"), "户主")
    regime = office.pack.word("regime.name", decision.decided_on)
    told = Told(
        head, office.town(decision.division), ruling.reasons, before_fen, regime,
        hotline(decision.decided_on, office.pack),
    )  # fmt: skip
    text = letter_text(decision, told)
    return Letter(decision=decision, division=decision.division, sent_on=decision.decided_on, text=text)


def outbox_of(decision: Decision, office: Office) -> OutboxEvent:
    """The entry of a decision for the superior system, not stored yet."""
    due_on = add_workdays(decision.decided_on, office.pack.value("clock.outbox", decision.decided_on))
    return OutboxEvent(decision=decision, division=decision.division, happened_on=decision.decided_on, due_on=due_on)


def event_of(decision: Decision, case_number: str) -> tuple[str, str, dict[str, object]]:
    """Subject, division and payload of the audit event of a decision."""
    payload: dict[str, object] = {"on": str(decision.decided_on), "decision": decision.number, "cause": decision.cause}
    payload |= {"amount_fen": decision.amount_fen, "maker": decision.maker, "approver": decision.approver}
    return f"案件 {case_number}", decision.division, payload


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
