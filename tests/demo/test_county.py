"""The planned county: facts meet the targets before anything is entered; amounts are asked of the rules here again."""

from collections import Counter
from dataclasses import replace
from datetime import date

from opendibao.demo.county import plan_county
from opendibao.demo.plan import CountyPlan
from opendibao.demo.targets import default_targets, parse_targets
from opendibao.kernel.ids import DEMO_PREFIX, parse_id_number
from opendibao.kernel.money import wan_yuan_text
from opendibao.rules.assess import assess_many
from tests.demo.builders import case_of, closing, paid_fen, targets_text


def test_the_demonstrations_money_prints_as_wanted_in_all_three_places(hukou: CountyPlan) -> None:
    sums = paid_fen(hukou)

    assert wan_yuan_text(sums["rural"]) == "5331.78"
    assert wan_yuan_text(sums["urban"]) == "968.59"
    assert wan_yuan_text(sums["rural"] + sums["urban"]) == "6300.38"


def test_the_demonstrations_closing_stock_is_counted_person_by_person(hukou: CountyPlan) -> None:
    assert closing(hukou) == {"rural": (4519, 8520), "urban": (758, 1217)}


def test_opening_entries_and_exits_have_the_wanted_households_and_persons(hukou: CountyPlan) -> None:
    granted = [e for e in hukou.entries if e.is_granted]
    joins = sum(len(c.joins) for c in hukou.changes)
    goes = sum(len(c.leaves) for c in hukou.changes)
    members = {o.household.number: len(o.household.members) for o in hukou.opening}

    assert (len(hukou.opening), sum(members.values())) == (5427, 10427)
    assert (len(granted), sum(len(e.household.members) for e in granted) + joins) == (436, 793)
    assert (len(hukou.exits), sum(members[e.number] for e in hukou.exits) + goes) == (586, 1483)


def test_a_small_county_meets_its_own_targets(small: CountyPlan) -> None:
    sums = paid_fen(small)

    assert closing(small) == {"rural": (150, 283), "urban": (44, 73)}
    assert (wan_yuan_text(sums["rural"]), wan_yuan_text(sums["urban"])) == ("177.84", "56.06")


def test_every_number_is_valid_and_of_no_real_place(small: CountyPlan) -> None:
    households = [o.household for o in small.opening] + [e.household for e in small.entries]
    numbers = [member.id_number for household in households for member in household.members]

    assert all(number.startswith(DEMO_PREFIX) for number in numbers)
    assert all(parse_id_number(number, on=date(2024, 12, 31)).text == number for number in numbers)
    assert max(Counter(numbers).values()) == 1


def test_the_rules_refuse_every_application_that_is_planned_as_refused(small: CountyPlan) -> None:
    refused = [e for e in small.entries if not e.is_granted]

    answers = assess_many([case_of(small, e.household.facts, e.decided_on) for e in refused])

    assert refused
    assert {answer.outcome for answer in answers} <= {"none", "edge", "rigid_expenditure"}


def test_the_rules_bear_out_every_exit_for_income_or_property(small: CountyPlan) -> None:
    exits = [e for e in small.exits if e.cause in ("income", "property")]

    answers = assess_many([case_of(small, e.facts, e.decided_on) for e in exits])

    assert exits
    assert {answer.outcome for answer in answers} <= {"none", "edge", "rigid_expenditure"}


def test_the_same_seed_gives_the_same_county_and_another_seed_another(small: CountyPlan) -> None:
    again = plan_county(parse_targets(targets_text()))
    other = plan_county(parse_targets(targets_text(seed=2)))

    assert again == small
    assert other != small
    assert closing(other) == closing(small)


def test_steps_of_an_application_lie_in_their_legal_order(small: CountyPlan) -> None:
    for e in small.entries:
        days = [e.applied_on, e.accepted_on, e.matched_on, e.reviewed_on, e.posted_on, e.decided_on]
        assert days == sorted(days)
        assert (e.decided_on - e.posted_on).days > 6


def test_targets_with_other_seeds_differ_only_by_their_seed() -> None:
    assert replace(default_targets(), seed=2) != default_targets()
