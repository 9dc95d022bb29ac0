"""还在办的申请: on top of the year, one at every stage, and the year is the same with and without them."""

from collections import Counter
from datetime import date

from opendibao.demo.open_cases import DONE
from opendibao.demo.pending import STAGES
from opendibao.demo.plan import CountyPlan
from opendibao.kernel.workdays import is_workday
from opendibao.rules.assess import assess_many
from tests.demo.builders import case_of


def test_every_stage_is_there(hukou: CountyPlan, small: CountyPlan) -> None:
    assert Counter(p.stage for p in hukou.pending) == {stage.key: stage.count for stage in STAGES}
    assert Counter(p.stage for p in small.pending) == {stage.key: 1 for stage in STAGES}
    assert set(DONE) == {stage.key for stage in STAGES}


def test_they_apply_after_the_twentieth_of_december(hukou: CountyPlan) -> None:
    days = [p.entry.applied_on for p in hukou.pending]

    assert min(days) >= date(2024, 12, 20)
    assert max(days) < date(2025, 1, 6)
    assert all(map(is_workday, days))


def test_nobody_of_the_year_is_among_them(hukou: CountyPlan) -> None:
    known = [m.id_number for o in hukou.opening for m in o.household.members]
    known += [m.id_number for e in hukou.entries for m in e.household.members]
    new = [m.id_number for p in hukou.pending for m in p.entry.household.members]
    files = [o.household.number for o in hukou.opening] + [e.household.number for e in hukou.entries]
    files += [p.entry.household.number for p in hukou.pending]

    assert not set(known) & set(new)
    assert len(set(new)) == len(new)
    assert len(set(files)) == len(files)


def test_the_rules_grant_them_all_but_those_to_be_refused(hukou: CountyPlan) -> None:
    answers = assess_many([case_of(hukou, p.entry.household.facts, p.entry.decided_on) for p in hukou.pending])

    for planned, answer in zip(hukou.pending, answers, strict=True):
        assert (answer.outcome == "dibao") == (planned.stage != "refusal")


def test_two_of_the_old_stock_found_work_and_the_rules_say_no(hukou: CountyPlan) -> None:
    answers = assess_many([case_of(hukou, e.facts, e.decided_on) for e in hukou.pending_exits])
    moved = {one.number for one in (*hukou.exits, *hukou.changes)}

    assert len(answers) == 2
    assert all(answer.outcome in ("none", "edge") for answer in answers)
    assert not moved & {e.number for e in hukou.pending_exits}
