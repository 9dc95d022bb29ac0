"""成批确认: clean cases in one go, one decision each; one that is not clean stops the whole batch, with the reason."""

from datetime import date

import pytest

from opendibao.audit.models import Event
from opendibao.decision.actions import confirm_case
from opendibao.decision.batches import approve_batch, preview
from opendibao.decision.models import ApprovalBatch, Decision, Letter, OutboxEvent
from opendibao.decision.refusal import BatchRefused, DecisionRefused
from opendibao.intake.models import Case
from tests.decision.builders import DECIDED, checking, confirm
from tests.decision.reported import MONTHLY, clean, facts_of, meet, post_and_report, verified
from tests.registry.builders import at

pytestmark = pytest.mark.usefixtures("places")


def approve(cases: list[Case], on: date = DECIDED) -> ApprovalBatch:
    with checking():
        return approve_batch([case.pk for case in cases], on=on, at=at(on))


def test_every_case_gets_a_decision_a_letter_and_an_entry_of_its_own() -> None:
    cases = clean(3)

    batch = approve(cases)

    assert (batch.households, batch.persons, batch.monthly_fen) == (3, 3, 3 * MONTHLY)
    decisions = list(Decision.objects.filter(batch=batch).order_by("number"))
    assert [d.number for d in decisions] == [f"低保决〔2024〕0000{n}号" for n in (1, 2, 3)]
    assert {d.amount_fen for d in decisions} == {MONTHLY}
    assert {d.first_month for d in decisions} == {date(2024, 4, 1)}
    assert {d.approver for d in decisions} == {"李审核"}
    assert Letter.objects.filter(decision__in=decisions).count() == 3
    assert OutboxEvent.objects.filter(decision__in=decisions).count() == 3
    assert Event.objects.filter(action="确认同意").count() == 3
    assert set(Case.objects.values_list("state", "closed_on")) == {("confirmed", DECIDED)}


def test_a_decision_of_a_batch_is_the_same_as_one_alone() -> None:
    together, alone = clean(2)
    approve([together])
    with checking():
        confirm_case(alone.pk, on=DECIDED, at=at(DECIDED))

    first, second = Decision.objects.order_by("number")
    kept = ("kind", "cause", "outcome", "persons", "amount_fen", "supplement_fen", "gap_fen", "rule_set", "maker",
            "approver", "first_month", "last_month", "area")  # fmt: skip
    assert [getattr(first, name) for name in kept] == [getattr(second, name) for name in kept]
    assert first.letter.text.replace("独居1", "").replace("00001", "") == second.letter.text.replace(
        "独居2", ""
    ).replace("00002", "")


def test_one_that_is_not_clean_stops_all_and_says_why() -> None:
    good, bad = verified(1), verified(2, found=facts_of(2, assets=3000))
    meet(good, bad)
    post_and_report(good, bad)

    with pytest.raises(BatchRefused, match="申报和查明的情况不同") as refusal:
        approve([good, bad])

    assert [number for number, _why in refusal.value.rows] == [bad.number]
    assert not Decision.objects.exists()


def test_the_preview_counts_what_would_be_done_and_whom_it_leaves_out() -> None:
    good, bad = verified(1), verified(2, found=facts_of(2, assets=3000))
    meet(good, bad)
    post_and_report(good, bad)

    with checking():
        seen = preview([good.pk, bad.pk], on=DECIDED)

    assert (len(seen.included), seen.persons, seen.monthly_fen) == (1, 1, MONTHLY)
    assert [(one.case.number, why) for one, why in seen.excluded] == [(bad.number, "申报和查明的情况不同")]


def test_whoever_had_a_hand_in_a_case_cannot_approve_it_in_a_batch() -> None:
    cases = clean(1)

    with checking("陈走访"), pytest.raises(BatchRefused, match="陈走访参加了入户调查"):
        approve_batch([cases[0].pk], on=DECIDED, at=at(DECIDED))
    # the session's clerk accepted it
    with pytest.raises(BatchRefused, match="受理了案件"):
        approve_batch([cases[0].pk], on=DECIDED, at=at(DECIDED))


def test_a_case_decided_meanwhile_stops_the_batch() -> None:
    cases = clean(2)
    confirm(cases[0])

    with pytest.raises(BatchRefused, match="已确认"):
        approve(cases)

    assert Decision.objects.count() == 1


@pytest.mark.parametrize("ids", [[], list(range(1, 202))])
def test_none_and_more_than_two_hundred_are_no_batch(ids: list[int]) -> None:
    with checking(), pytest.raises(DecisionRefused, match="1至200件"):
        approve_batch(ids, on=DECIDED, at=at(DECIDED))


def test_a_case_that_is_not_there_is_not_left_out_in_silence() -> None:
    cases = clean(1)

    with checking(), pytest.raises(DecisionRefused, match="1件不存在"):
        approve_batch([cases[0].pk, 987_654], on=DECIDED, at=at(DECIDED))
