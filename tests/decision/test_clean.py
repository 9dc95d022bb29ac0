"""干净和需看: each doubt by itself turns a clean case into one that is looked at; the sample is always the same."""

from collections.abc import Callable
from datetime import date

import pytest

from opendibao.decision.clean import DOUBTS, Judged, is_sampled, judged
from opendibao.decision.county_queries import reported_cases
from opendibao.decision.county_visits import record_county_visit
from opendibao.decision.models import ReviewVote
from opendibao.intake.models import Case, ClockPause, OfficialRelative
from opendibao.outreach.actions import open_ticket
from opendibao.verification.actions import dispose_match, record_survey, request_match
from opendibao.verification.models import MatchResult
from opendibao.web.decision.approval_words import DOUBTS as SAID
from tests.decision.builders import DECIDED, SURVEYORS, checking
from tests.decision.reported import (
    MARCH,
    accepted,
    answered,
    clean,
    facts_of,
    meet,
    post_and_report,
    report_refusal,
    verified,
)
from tests.decision.waiting import answer_late
from tests.registry.builders import VILLAGE, at

pytestmark = pytest.mark.usefixtures("places")
SOON = date(2024, 3, 20)


def seen(on: date = SOON) -> Judged:
    """The one case that waits."""
    [found] = judged(reported_cases(on), on)
    return found


def person_of(case: Case) -> int:
    return MatchResult.objects.filter(case=case).values_list("person_id", flat=True)[0]


def with_late_hit(detail: dict[str, object]) -> int:
    """A reported case about which the bank answers late."""
    case = verified(1, but=("bank_deposits",))
    meet(case)
    post_and_report(case)
    return answer_late(case.pk, person_of(case), "bank_deposits", detail, SOON)


def open_hit() -> None:
    with_late_hit({"found": "存款3000元"})


def accepted_hit() -> None:
    hit = with_late_hit({"found": "存款3000元"})
    dispose_match(hit, disposition="accept_record", reason="属实", at=at(SOON))


def silent_department() -> None:
    case = accepted(1)
    request_match(case.pk, on=MARCH.accepted, at=at(MARCH.accepted))
    answered(case, but=("bank_deposits",))
    _go_on(case)


def no_match() -> None:
    _go_on(accepted(1))


def _go_on(case: Case) -> None:
    record_survey(
        case.pk, on=MARCH.surveyed, at=at(MARCH.surveyed), surveyors=SURVEYORS, respondent="独居1", found=facts_of(1)
    )
    meet(case)
    post_and_report(case)


def declared_in_part() -> None:
    case = accepted(1)
    answered(case)
    Case.objects.filter(pk=case.pk).update(declared={"members": [{"name": "独居1"}]})
    _go_on(case)


def undeclared_income() -> None:
    found = facts_of(1)
    found["members"][0]["income"] = [{"kind": "wages", "amount": 300, "per": "month"}]
    case = verified(1, found)
    meet(case)
    post_and_report(case)


def contested() -> None:
    clean(1)
    ReviewVote.objects.update(is_contested=True)


def voted_down() -> None:
    case = verified(1)
    meet(case, against=7)
    post_and_report(case)


def refused_by_township() -> None:
    case = verified(1, facts_of(1, assets=200_000))
    meet(case)
    report_refusal(case)


def relative() -> None:
    case = clean(1)[0]
    OfficialRelative.objects.create(
        case=case, division=case.division, member="独居1", official="村主任", post="村主任", relation="叔侄",
        registered_on=MARCH.accepted, registered_by="王经办",
    )  # fmt: skip


def complaint() -> None:
    clean(1)
    open_ticket(
        VILLAGE, number="举1", kind="report", is_named=False, received_on=DECIDED, summary="反映独居1在城里有房",
        at=at(DECIDED),
    )  # fmt: skip


def test_a_case_without_any_doubt_is_clean() -> None:
    clean(1)

    found = seen()
    assert found.is_clean
    # ten working days after Monday the 18th of March, Tomb-Sweeping Day not among them
    assert found.due_on == date(2024, 4, 1)


@pytest.mark.parametrize(
    ("make", "doubts"),
    [
        (open_hit, ("open_hit",)), (accepted_hit, ("hit_against",)), (silent_department, ("unanswered",)),
        (no_match, ("unmatched",)), (declared_in_part, ("undeclared",)), (undeclared_income, ("difference",)),
        (contested, ("contested",)), (voted_down, ("negative_vote",)), (relative, ("relative",)),
        (complaint, ("complaint",)),
        (refused_by_township, ("refusal", "difference")),
    ],
)  # fmt: skip
def test_each_doubt_is_named(make: Callable[[], None], doubts: tuple[str, ...]) -> None:
    make()

    assert seen().doubts == doubts


def test_after_its_last_day_it_is_overdue() -> None:
    clean(1)

    assert seen(date(2024, 4, 1)).is_clean
    assert seen(date(2024, 4, 2)).doubts == ("overdue",)


def test_what_the_rules_no_longer_say_is_looked_at() -> None:
    clean(1)

    # when he is sixty, the rules find him 特困 instead of entitled to dibao
    assert seen(date(2036, 3, 3)).doubts == ("rules_differ", "overdue")


def test_days_on_which_the_clock_stood_still_do_not_count() -> None:
    case = clean(1)[0]
    ClockPause.objects.create(
        case=case, division=case.division, ground="elsewhere", reason="外省没有回音", paused_on=date(2024, 3, 19),
        resumed_on=date(2024, 3, 26),
    )  # fmt: skip

    assert seen().due_on == date(2024, 4, 9)  # five working days later, the 4th and 5th of April free, the 7th not


@pytest.mark.parametrize("make", [relative, complaint])
def test_the_county_s_own_visit_settles_what_forced_it(make: Callable[[], None]) -> None:
    make()
    with checking():
        record_county_visit(
            Case.objects.get().pk, ground="complaint", visitors=("甲核查", "乙核查"), agrees=True, words="一致",
            on=DECIDED, at=at(DECIDED),
        )  # fmt: skip

    assert seen().is_clean


def test_the_difference_is_told_in_yuan_of_a_year() -> None:
    undeclared_income()

    # (300 − 200 for getting to work) × 12
    assert seen().difference_fen == 120_000


def test_the_sample_is_drawn_by_the_case_s_number_alone() -> None:
    numbers = [f"受〔2024〕{n:05d}号" for n in range(1000)]
    drawn = {number for number in numbers if is_sampled(number, 30)}

    assert drawn == {number for number in reversed(numbers) if is_sampled(number, 30)}
    assert 250 < len(drawn) < 350
    assert not any(is_sampled(number, 0) for number in numbers)
    assert all(is_sampled(number, 100) for number in numbers)


def test_every_doubt_has_its_words_on_the_page() -> None:
    assert dict(SAID) == DOUBTS
