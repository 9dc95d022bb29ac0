"""案件状态: what may follow what."""

import pytest

from opendibao.intake.states import NEXT, CaseState, ForbiddenMove, move

FINAL = {
    CaseState.CONFIRMED, CaseState.REFUSED, CaseState.WITHDRAWN, CaseState.KEPT, CaseState.NOT_ACCEPTED,
    CaseState.DISCONTINUED,
}  # fmt: skip


def test_only_the_six_ends_cannot_be_left() -> None:
    assert {state for state, then in NEXT.items() if not then} == FINAL
    assert set(NEXT) == set(CaseState)


def test_every_state_can_be_reached() -> None:
    assert {then for states in NEXT.values() for then in states} == set(CaseState)


def test_nobody_is_confirmed_without_acceptance_and_survey() -> None:
    before_confirmation = {state for state, then in NEXT.items() if CaseState.CONFIRMED in then}

    assert before_confirmation == {CaseState.VERIFIED, CaseState.NOTICED, CaseState.REPORTED}
    # a contested result leads back to a survey, never past it
    assert {state for state, then in NEXT.items() if CaseState.VERIFIED in then} == {CaseState.ACCEPTED}


def test_a_forbidden_move_says_both_states() -> None:
    with pytest.raises(ForbiddenMove, match="现在是“已申请”，不能直接变为“已确认”"):
        move(CaseState.SUBMITTED, CaseState.CONFIRMED)
