"""查决定: a decision can be told and computed again by the law of its day."""

from datetime import date

import pytest

from opendibao.decision.actions import change_benefit, stop_benefit
from opendibao.decision.models import Decision
from opendibao.decision.queries import decision, decision_in_force, explain, recomputed_amounts
from tests.decision.builders import AMOUNT, DECIDED, HANDS, LATER, checking, covered, earning, review, with_baby
from tests.registry.builders import at

pytestmark = pytest.mark.usefixtures("places")
YEAR = {"paid_from": date(2024, 1, 1), "paid_to": date(2024, 12, 31)}


def grown() -> Decision:
    case = review(covered(), with_baby())
    with checking():
        changed = change_benefit(case.pk, cause="members", facts=with_baby(), on=LATER, at=at(LATER), **HANDS)
    assert changed is not None
    return changed


def test_the_decision_in_force_is_the_one_of_that_day() -> None:
    after = grown()

    before_change, since_change = (
        decision_in_force(after.household_id, date(2024, 5, 19)), decision_in_force(after.household_id, LATER)
    )  # fmt: skip

    assert before_change is not None
    assert since_change is not None
    assert (before_change.amount_fen, since_change.amount_fen) == (AMOUNT, 219_200)
    assert decision_in_force(after.household_id, date(2024, 3, 17)) is None


def test_a_row_carries_the_words_and_the_letter() -> None:
    row = decision(covered().pk)

    assert row is not None
    assert (row.kind_zh, row.cause_zh, row.decided_on) == ("确认同意", "申请", DECIDED)
    assert row.letter.startswith("最低生活保障确认通知书")
    assert decision(0) is None


def test_an_explanation_has_every_step() -> None:
    answer = explain(covered().pk)

    assert answer is not None
    assert answer.monthly_benefit_fen == AMOUNT
    steps = {step.name: step.values[0] for step in answer.trace if step.is_of_household}
    assert steps["income_year"] == 1_100_000


def test_nobody_explains_a_decision_that_is_not_there() -> None:
    assert explain(0) is None


def test_every_decision_that_pays_in_a_time_is_computed_again() -> None:
    after = grown()
    before = Decision.objects.get(ended_by=after)

    assert recomputed_amounts(**YEAR) == {before.pk: AMOUNT, after.pk: 219_200}
    assert recomputed_amounts(paid_from=date(2024, 6, 1), paid_to=date(2024, 6, 30)) == {after.pk: 219_200}


def test_what_pays_nothing_is_not_computed_again() -> None:
    case = review(covered(), earning(4000))
    with checking():
        stop = stop_benefit(case.pk, cause="income", on=LATER, at=at(LATER), **HANDS)

    assert stop.pk not in recomputed_amounts(**YEAR)
