"""撤销: before its letter is received a decision can be voided; it moves no figure; after that it cannot."""

from datetime import date

import pytest

from opendibao.decision.actions import stop_benefit
from opendibao.decision.batches import approve_batch
from opendibao.decision.letters import deliver_decision
from opendibao.decision.models import Decision, OutboxEvent
from opendibao.decision.outbox_queries import entry_lines_count
from opendibao.decision.queries import households_in_force_ids
from opendibao.decision.refusal import DecisionRefused
from opendibao.decision.voiding import void_batch, void_decision
from opendibao.intake.models import Case
from tests.decision.builders import DECIDED, LATER, checking, confirm, covered, earning, refuse, review, reviewed
from tests.decision.reported import clean
from tests.registry.builders import at

pytestmark = pytest.mark.usefixtures("places")
NEXT = date(2024, 3, 19)


def void(decision: Decision, on: date = NEXT) -> Decision:
    with checking():
        return void_decision(decision.pk, reason="金额要再核", on=on, at=at(on))


def test_a_voided_decision_was_never_in_force_and_pays_nothing() -> None:
    decision = covered()

    void(decision)

    decision.refresh_from_db()
    assert (decision.voided_on, decision.ended_on, decision.void_reason) == (NEXT, DECIDED, "金额要再核")
    assert decision.in_force.isempty
    assert decision.months.isempty
    assert households_in_force_ids(DECIDED) == set()


def test_its_case_waits_for_the_county_again_and_can_be_decided_anew() -> None:
    decision = covered()
    case = Case.objects.get()

    void(decision)

    case.refresh_from_db()
    assert (case.state, case.closed_on) == ("reported", None)
    again = confirm(case, on=NEXT)
    assert again.number == "低保决〔2024〕00002号"
    assert households_in_force_ids(NEXT) == {again.household_id}


def test_a_refusal_can_be_voided_too() -> None:
    decision = refuse(reviewed(earning(4000)))

    void(decision)

    assert Case.objects.get().state == "reported"


def test_a_letter_that_was_received_stands_in_the_way() -> None:
    decision = covered()
    deliver_decision(decision.pk, how="home", receiver="王秀英", on=NEXT, at=at(NEXT))

    with pytest.raises(DecisionRefused, match="告知书已在2024-03-19签收"):
        void(decision)


def test_what_was_reported_upwards_stands_in_the_way() -> None:
    decision = covered()
    OutboxEvent.objects.filter(decision=decision).update(sent_on=NEXT, file="上报-20240319-1.csv")

    with pytest.raises(DecisionRefused, match="已在2024-03-19上报"):
        void(decision)


def test_a_change_is_not_voided_but_changed_again() -> None:
    before = covered()
    case = review(before, earning(6000))
    with checking():
        stop = stop_benefit(case.pk, cause="income", on=LATER, at=at(LATER))

    with pytest.raises(DecisionRefused, match="不能撤销，请以新决定调整"):
        void(stop, on=LATER)
    with pytest.raises(DecisionRefused, match="已由后来的决定终止"):
        void(before, on=LATER)


def test_nothing_is_voided_twice_or_without_a_reason() -> None:
    decision = covered()
    with checking(), pytest.raises(DecisionRefused, match="写明撤销的理由"):
        void_decision(decision.pk, reason=" ", on=NEXT, at=at(NEXT))
    void(decision)

    with pytest.raises(DecisionRefused, match="已在2024-03-19撤销"):
        void(decision)


def test_a_whole_batch_is_voided_or_none_of_it() -> None:
    cases = clean(3)
    with checking():
        batch = approve_batch([case.pk for case in cases], on=DECIDED, at=at(DECIDED))
    last = Decision.objects.filter(batch=batch).latest("pk")
    deliver_decision(last.pk, how="home", receiver="独居3", on=NEXT, at=at(NEXT))

    with checking(), pytest.raises(DecisionRefused, match="已在2024-03-19签收"):
        void_batch(batch.pk, reason="选错了", on=NEXT, at=at(NEXT))
    assert not Decision.objects.exclude(voided_on=None).exists()

    void(Decision.objects.filter(batch=batch).earliest("pk"))
    assert Decision.objects.filter(batch=batch, voided_on=None).count() == 2


def test_a_batch_in_which_nobody_was_told_is_voided_whole() -> None:
    cases = clean(3)
    with checking():
        batch = approve_batch([case.pk for case in cases], on=DECIDED, at=at(DECIDED))
        assert void_batch(batch.pk, reason="选错了", on=NEXT, at=at(NEXT)) == 3

    assert set(Case.objects.values_list("state", flat=True)) == {"reported"}
    assert entry_lines_count() == 0
    with checking(), pytest.raises(DecisionRefused, match="都已撤销"):
        void_batch(batch.pk, reason="选错了", on=NEXT, at=at(NEXT))
