"""成批确认: clean cases are confirmed in one go, one decision each, all of them or none."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from opendibao.audit.actions import record, record_many
from opendibao.audit.duties import needs
from opendibao.audit.session import current_session, officer_name
from opendibao.decision.assessing import FAVOURS, keep_rules
from opendibao.decision.clean import DOUBTS, Judged, judged
from opendibao.decision.county_queries import reported_among
from opendibao.decision.entering import Office, Ruling, decision_of, event_of, letter_of, outbox_of
from opendibao.decision.ground import entry_lacks, maker_of, refuse_unreported
from opendibao.decision.hands import Hands, hands_of_many
from opendibao.decision.models import (
    GRANTING,
    ApprovalBatch,
    Cause,
    Decision,
    DecisionKind,
    Letter,
    Objection,
    OutboxEvent,
    PublicNotice,
)
from opendibao.decision.numbering import next_numbers
from opendibao.decision.refusal import BatchRefused, DecisionRefused
from opendibao.intake.models import Case
from opendibao.intake.states import CaseState, move
from opendibao.kernel.duties import Duty
from opendibao.kernel.month import add_months, month_of
from opendibao.rulemaking.queries import pack_in_force

MOST = 200
"""So many cases at most in one batch: what one person can answer for."""


@dataclass(frozen=True)
class Preview:
    """What a batch would do: the clean cases, and whom it leaves out with the reasons; money is fen a month."""

    included: tuple[Judged, ...]
    excluded: tuple[tuple[Judged, str], ...]

    @property
    def persons(self) -> int:
        """How many persons the included households have."""
        return sum(one.ruled.persons for one in self.included if one.ruled)

    @property
    def monthly_fen(self) -> int:
        """What the included households would get a month."""
        return sum(one.ruled.monthly_fen for one in self.included if one.ruled)


def preview(case_ids: Sequence[int], *, on: date) -> Preview:
    """What confirming these cases together would do, seen by the officer who acts. Raises DecisionRefused."""
    ids = _asked(case_ids)
    seen = judged(reported_among(ids), on)
    cases = {case.pk: case for case in Case.objects.filter(pk__in=ids)}
    why = _faults(seen, cases, hands_of_many(cases.values()), on)
    included = tuple(one for one in seen if one.case.id not in why)
    return Preview(included, tuple((one, why[one.case.id]) for one in seen if one.case.id in why))


@needs(Duty.CONFIRM)
@transaction.atomic
def approve_batch(case_ids: Sequence[int], *, on: date, at: datetime) -> ApprovalBatch:
    """成批确认: every case by the rules' amount, each with its decision, letter and entry for the superior system.

    Raises BatchRefused naming each case that is not clean, or that the officer may not approve; then none is confirmed.
    """
    ids = _asked(case_ids)
    cases = {case.pk: case for case in Case.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk")}
    if len(cases) < len(ids):
        raise DecisionRefused(f"选中的有{len(ids) - len(cases)}件不存在，或不在本人可见的区划内，请刷新名单后重选")
    hands, seen = hands_of_many(cases.values()), judged(reported_among(ids), on)
    if why := _faults(seen, cases, hands, on):
        raise BatchRefused([(cases[pk].number, words) for pk, words in why.items()])
    batch = ApprovalBatch.objects.create(
        division=current_session().reach.ljust(12, "0"), approved_on=on, approver=officer_name(), households=len(seen),
        persons=sum(one.ruled.persons for one in seen if one.ruled),
        monthly_fen=sum(one.ruled.monthly_fen for one in seen if one.ruled),
    )  # fmt: skip
    for rule_set in {one.ruled.rule_set for one in seen if one.ruled}:
        keep_rules(rule_set, on)
    decisions = _enter(batch, seen, cases, hands)
    Case.objects.filter(pk__in=ids).update(state=_confirmed(cases.values()), closed_on=on)
    record_many(DecisionKind.CONFIRM.label, [event_of(d, cases[d.case_id].number) for d in decisions], at=at)  # type: ignore[index]
    payload: dict[str, object] = {"on": str(on), "households": batch.households, "persons": batch.persons}
    payload |= {"monthly_fen": batch.monthly_fen}
    record("成批确认", f"成批确认 {batch.pk}", division=batch.division, at=at, payload=payload)
    return batch


def _asked(case_ids: Sequence[int]) -> list[int]:
    ids = sorted(set(case_ids))
    if not 0 < len(ids) <= MOST:
        raise DecisionRefused(f"成批确认一次可以选1至{MOST}件，现在选了{len(ids)}件，请重选")
    return ids


def _confirmed(cases: Iterable[Case]) -> CaseState:
    """Every one of them may move there. Raises ForbiddenMove."""
    for case in cases:
        move(CaseState(case.state), CaseState.CONFIRMED)
    return CaseState.CONFIRMED


def _faults(seen: Sequence[Judged], cases: dict[int, Case], hands: dict[int, Hands], on: date) -> dict[int, str]:
    """Why cases cannot be confirmed in this batch, by case id."""
    known = {one.case.id for one in seen}
    found = {
        pk: f"现在是“{CaseState(case.state).label}”，没有等待审核确认" for pk, case in cases.items() if pk not in known
    }
    lacks, covered = entry_lacks(list(known), on), _decided({one.case.household_id for one in seen}, on)
    early = _noticed(known, on)
    for one in seen:
        case, pk = cases[one.case.id], one.case.id
        said = [DOUBTS[code] for code in one.doubts]
        said += filter(None, [_unfit(hands[pk], case), _unreported(case), lacks.get(pk, ""), early.get(pk, "")])
        said += [f"这一户已有决定{covered[one.case.household_id]}"] if one.case.household_id in covered else []
        if said or one.ruled is None or not one.ruled.is_granted:
            found[pk] = "、".join(dict.fromkeys(said)) or "按规则不能确认同意"
    return found


def _unfit(hands: Hands, case: Case) -> str:
    officer = officer_name()
    return hands.unfit(officer, case.number) or ("经办和审核确认是同一个人" if maker_of(hands) == officer else "")


def _unreported(case: Case) -> str:
    try:
        refuse_unreported(case)
    except DecisionRefused as refusal:
        return str(refusal)
    return ""


def _decided(household_ids: set[int], on: date) -> dict[int, str]:
    """Households with a decision in force on the day or taken later, and its number."""
    valid = Decision.objects.filter(household__in=household_ids, voided_on=None)
    in_force = valid.filter(kind__in=GRANTING, in_force__contains=on).values_list("household_id", "number")
    return dict([*in_force, *valid.filter(decided_on__gt=on).values_list("household_id", "number")])


def _noticed(case_ids: set[int], on: date) -> dict[int, str]:
    """Cases whose notice has not run, or whose objection is not settled."""
    ends = dict(PublicNotice.objects.filter(case__in=case_ids).order_by("sequence").values_list("case_id", "ends_on"))
    objected = set(Objection.objects.filter(case__in=case_ids, settled_on=None).values_list("case_id", flat=True))
    early = {pk: "公示还没有满期" for pk in case_ids if pk not in ends or ends[pk] >= on}
    return early | dict.fromkeys(objected, "公示异议还没有办结")


def _enter(
    batch: ApprovalBatch, seen: Sequence[Judged], cases: dict[int, Case], hands: dict[int, Hands]
) -> list[Decision]:
    """Decisions, letters and entries of the batch, each kind in one go."""
    on = batch.approved_on
    rulings = [_ruling(one, on) for one in seen]
    decisions = []
    for one, ruling, number in zip(seen, rulings, next_numbers(on.year, len(seen)), strict=True):
        maker = maker_of(hands[one.case.id])
        made = decision_of(cases[one.case.id], ruling, number, on=on, maker=maker, approver=batch.approver)
        made.batch = batch
        decisions.append(made)
    decisions = Decision.objects.bulk_create(decisions)
    office = Office(pack_in_force())
    letters = [letter_of(made, ruling, None, office) for made, ruling in zip(decisions, rulings, strict=True)]
    Letter.objects.bulk_create(letters)
    OutboxEvent.objects.bulk_create([outbox_of(made, office) for made in decisions])
    return decisions


def _ruling(one: Judged, on: date) -> Ruling:
    said = one.ruled
    assert said is not None  # a case the rules cannot read was refused
    favour = [reason for reason in said.reasons if reason.code in FAVOURS]
    return Ruling(
        DecisionKind.CONFIRM, Cause.APPLICATION, json.loads(one.case.facts), favour, outcome=said.outcome,
        persons=said.persons, amount_fen=said.monthly_fen, supplement_fen=said.supplement_fen, gap_fen=said.gap_fen,
        rule_set=said.rule_set, first_month=add_months(month_of(on), 1),
    )  # fmt: skip
