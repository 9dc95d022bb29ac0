"""不走直路的钱: one household of every kind, and the sums of the year are what they were."""

from dataclasses import replace
from datetime import date

import pytest

from opendibao.demo.bank_answers import LESS_FEN, first_answer, last_answer, odd_of
from opendibao.demo.plan import CountyPlan, PlannedChange, PlannedExit
from opendibao.demo.ways import way_of, with_ways
from opendibao.kernel.month import add_months, last_day, month_of
from opendibao.kernel.workdays import is_workday, on_or_before
from opendibao.payment.bank_return import read_results
from opendibao.payment.states import AttemptState
from opendibao.rules.assess import assess_many
from tests.demo.builders import SET_OFF_FEN, case_of

STEADY = {"unknown", "absent", "differs", "suspended", "lost", "waiting", "proxy", "custody"}
KINDS = STEADY | {"twice", "found_dead", "late_decision", "set_off", "late_income", "year_end", "waiting_claim"}


def number_of(plan: CountyPlan, kind: str) -> str:
    way = way_of(plan, kind)
    assert way, f"没有{kind}"
    return way.number


def leaving(plan: CountyPlan, kind: str) -> PlannedExit:
    return next(e for e in plan.exits if e.number == number_of(plan, kind))


def change_of(plan: CountyPlan, kind: str) -> PlannedChange:
    return next(c for c in plan.changes if c.number == number_of(plan, kind))


@pytest.fixture(params=["hukou", "small"])
def plan(request: pytest.FixtureRequest) -> CountyPlan:
    found: CountyPlan = request.getfixturevalue(request.param)
    return found


def test_there_is_one_of_every_kind_and_no_household_is_two(plan: CountyPlan) -> None:
    assert {way.kind for way in plan.ways} == KINDS
    assert len({way.number for way in plan.ways}) == len(KINDS)


def test_nothing_else_happens_to_the_steady_ones(plan: CountyPlan) -> None:
    moved = {one.number for one in (*plan.exits, *plan.changes, *plan.returns, *plan.pending_exits)}

    assert not moved & {way.number for way in plan.ways if way.kind in STEADY}


def test_who_has_his_card_kept_is_old_and_alone(plan: CountyPlan) -> None:
    homes = {old.household.number: old.household for old in plan.opening}

    for kind in ("proxy", "custody"):
        (member,) = homes[number_of(plan, kind)].facts["members"]
        assert plan.year - int(member["born"][:4]) >= 65


def test_who_is_found_dead_died_on_the_freeze_day_and_is_told_of_before_the_check(plan: CountyPlan) -> None:
    dead = leaving(plan, "found_dead")
    frozen = _freeze_day(dead.decided_on)

    assert dead.cause == "death"
    assert len(dead.deaths) == 1
    assert dead.happened_on == frozen
    assert [member["died"] for member in dead.facts["members"]] == [frozen.isoformat()]
    assert dead.reported_on
    assert frozen < dead.reported_on < dead.decided_on
    assert is_workday(dead.reported_on)


def _freeze_day(decided_on: date) -> date:
    """The last working day of the month before."""
    return on_or_before(last_day(add_months(month_of(decided_on), -1)))


def test_what_was_told_late_happened_two_months_before_its_decision(plan: CountyPlan) -> None:
    found = [leaving(plan, kind) for kind in ("late_income", "waiting_claim")]
    changed = [change_of(plan, kind) for kind in ("set_off", "year_end")]

    for one in (*found, *changed):
        assert month_of(one.happened_on) == add_months(month_of(one.decided_on), -2)


def test_families_that_must_give_back_got_more_before_than_after(plan: CountyPlan) -> None:
    before = {old.household.number: old.household.facts for old in plan.opening}

    for kind in ("set_off", "year_end"):
        change = change_of(plan, kind)
        facts = (before[change.number], change.facts)
        was, now = assess_many([case_of(plan, one, change.decided_on) for one in facts])
        assert was.monthly_benefit_fen > now.monthly_benefit_fen
        if kind == "set_off":
            assert 2 * (was.monthly_benefit_fen - now.monthly_benefit_fen) > SET_OFF_FEN
            assert now.monthly_benefit_fen >= 5 * SET_OFF_FEN // 3  # a fifth of a month at most


def test_who_is_decided_late_is_decided_when_the_next_list_is_made(plan: CountyPlan) -> None:
    entry = next(e for e in plan.entries if e.household.number == number_of(plan, "late_decision"))

    assert entry.decided_on == on_or_before(last_day(month_of(entry.decided_on)))
    assert entry.is_granted


def test_a_county_with_nobody_to_spare_has_straight_money(small: CountyPlan) -> None:
    empty = replace(small, opening=(), entries=(), exits=(), changes=(), returns=(), pending_exits=(), ways=())

    assert with_ways(empty, None, None).ways == ()


class Sending:
    """What the bank knows of a sending."""

    def __init__(self, household: str) -> None:
        self.e2e, self.holder, self.amount_fen = f"202403-{household}-R-0-1", f"户主{household}", 45_600


DAY = date(2024, 3, 6)


def test_the_bank_leaves_one_out_is_unsure_of_one_and_names_another_amount_of_one() -> None:
    sent = [Sending(number) for number in ("A1", "B1", "C1", "D1")]

    told = {
        one.e2e[7:9]: one
        for one in read_results(
            first_answer(sent, DAY, {}, {"A1": "absent", "B1": "unknown", "C1": "differs"})
        )
    }  # fmt: skip

    assert set(told) == {"B1", "C1", "D1"}
    assert (told["B1"].state, told["B1"].booked_on) == (AttemptState.UNKNOWN, None)
    assert (told["C1"].state, told["C1"].fen) == (AttemptState.PAID, 45_600 - LESS_FEN)
    assert (told["D1"].state, told["D1"].fen, told["D1"].booked_on) == (AttemptState.PAID, 45_600, DAY)


def test_its_last_word_is_about_these_alone() -> None:
    sent = [Sending(number) for number in ("A1", "B1")]

    (told,) = read_results(last_answer(sent, DAY, {"B1": "unknown"}))

    assert (told.e2e, told.state, told.fen, told.booked_on) == (sent[1].e2e, AttemptState.PAID, 45_600, DAY)


def test_three_months_have_an_odd_answer(plan: CountyPlan) -> None:
    odd = odd_of(plan)

    assert sorted(how for month in odd.values() for how in month.values()) == ["absent", "differs", "unknown"]
    assert len(odd) == 3
