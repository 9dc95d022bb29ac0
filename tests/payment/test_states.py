"""发放状态: the table of moves."""

from itertools import pairwise

import pytest

from opendibao.payment.refusal import PaymentRefused
from opendibao.payment.states import ATTEMPT_NEXT, RUN_NEXT, AttemptState, RunState, move_attempt, move_run


def test_every_state_has_its_row_in_the_table() -> None:
    assert set(RUN_NEXT) == set(RunState)
    assert set(ATTEMPT_NEXT) == set(AttemptState)


def test_a_run_walks_from_computed_to_closed() -> None:
    way = [RunState.COMPUTED, RunState.CHECKED, RunState.APPROVED, RunState.SENT, RunState.CLOSED]
    for now, then in pairwise(way):
        assert move_run(now, then) is then


def test_no_step_of_a_run_can_be_skipped() -> None:
    with pytest.raises(PaymentRefused, match="“已计算”，不能直接变为“财政已审”"):
        move_run(RunState.COMPUTED, RunState.APPROVED)


@pytest.mark.parametrize("final", [AttemptState.PAID, AttemptState.RETURNED])
def test_a_sending_with_an_outcome_moves_no_more(final: AttemptState) -> None:
    with pytest.raises(PaymentRefused, match="不能变为"):
        move_attempt(final, AttemptState.PAID)


def test_what_the_bank_did_not_know_can_still_be_answered() -> None:
    assert move_attempt(AttemptState.UNKNOWN, AttemptState.PAID) is AttemptState.PAID


def test_above_the_line_of_finance_a_run_is_reviewed_before_it_is_approved() -> None:
    for now, then in pairwise([RunState.CHECKED, RunState.REVIEWED, RunState.APPROVED]):
        assert move_run(now, then) is then


@pytest.mark.parametrize("now", [RunState.CHECKED, RunState.REVIEWED])
def test_a_list_goes_back_to_its_maker_until_finance_has_approved(now: RunState) -> None:
    assert move_run(now, RunState.COMPUTED) is RunState.COMPUTED
    with pytest.raises(PaymentRefused, match="不能直接变为"):
        move_run(RunState.APPROVED, RunState.COMPUTED)


def test_another_amount_is_neither_paid_nor_sent_again_by_itself() -> None:
    assert move_attempt(AttemptState.SENT, AttemptState.DIFFERS) is AttemptState.DIFFERS
    with pytest.raises(PaymentRefused, match="不能变为"):
        move_attempt(AttemptState.DIFFERS, AttemptState.SENT)
