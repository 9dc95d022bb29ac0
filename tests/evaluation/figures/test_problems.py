"""问题台账的数字: each counted by hand over a few rows."""

from datetime import date
from typing import Any

import pytest

from opendibao.budget.actions import propose_budget
from opendibao.decision.models import Decision, PublicNotice
from opendibao.evaluation.models import AccuracyCheck
from opendibao.intake.models import Case
from opendibao.outreach.actions import approve_post, fill_post, hold_training, open_ticket, record_publicity
from opendibao.registry.models import Household
from opendibao.verification.models import MatchResult, Survey, SurveyCorrection
from tests.evaluation.year import LAST, YEAR, count, dies, enter, measured, ratio, rows, year
from tests.payment.builders import (
    COUNTY,
    FAR_VILLAGE,
    OTHER_VILLAGE,
    VILLAGE,
    Family,
    at,
    divisions,
    family,
    opening_act,
)
from tests.payment.months import JANUARY

pytestmark = pytest.mark.usefixtures("county")
MARCH, JUNE = date(2024, 3, 6), date(2024, 6, 5)
TOWN = "360429100000"


def facts(*incomes: dict[str, object], dwellings: int = 1, **member: object) -> dict[str, Any]:
    return {
        "area": "rural", "members": [{"name": "成员1", "income": list(incomes), **member}],
        "property": {"dwellings": dwellings},
    }  # fmt: skip


def wages(yuan: int, **more: object) -> dict[str, object]:
    return {"kind": "wages", "amount": yuan, "per": "month", **more}


def applied(number: str, declared: dict[str, Any], *, on: date = MARCH, kind: str = "application") -> Case:
    home = Household.objects.filter(number=number).first() or Family(number).enter().household
    return Case.objects.create(
        number=f"申{number}{on:%y%m}", kind=kind, household=home, division=VILLAGE, area="rural", state="confirmed",
        channel="counter", applied_on=on, accepted_on=on, declared=declared,
    )  # fmt: skip


def visited(case: Case, found: dict[str, Any], on: date = MARCH) -> Survey:
    return Survey.objects.create(
        case=case, sequence=case.surveys.count() + 1,
        division=VILLAGE, surveyed_on=on, first_surveyor="甲", second_surveyor="乙", respondent="户主",
        is_signed=True, found=found,
    )  # fmt: skip


def matched(case: Case, source: str, outcome: str, *, place: int = 0, on: date = MARCH, disposition: str = "") -> None:
    made = Case.objects.get(pk=case.pk).household.memberships.order_by("person_id")[place].person
    MatchResult.objects.create(
        case=case, person=made, division=VILLAGE, source=source, requested_on=on,
        answered_on=None if outcome == "not_checked" else on, outcome=outcome, disposition=disposition,
        reason="待查" if disposition else "", reason_code="other" if disposition else "",
    )  # fmt: skip


class TestHiddenIncome:
    def test_only_what_is_found_above_the_declared_income_counts(self) -> None:
        visited(applied("A1", facts(wages(500))), facts(wages(500)))
        visited(applied("A2", facts(wages(500))), facts(wages(500), wages(300, months=4)))
        visited(applied("A3", facts(wages(500))), facts(wages(400)))
        assert ratio("problem.01") == (1, 3)
        # 500 × 12 = 6,000 yuan; and 300 × 4 = 1,200 more
        assert rows("problem.01")[0][5:] == ["600000", "720000"]

    def test_years_months_and_takings_are_brought_to_a_year(self) -> None:
        takings = {"kind": "business", "revenue": 6000, "cost": 2400, "per": "year"}
        visited(applied("A1", facts(wages(300))), facts(takings))  # 3,600 either way
        assert ratio("problem.01") == (0, 1)

    def test_a_survey_after_the_day_of_knowledge_is_not_known(self) -> None:
        visited(applied("A1", facts(), on=JUNE), facts(wages(100)), on=JUNE)
        assert ratio("problem.01", year(at(date(2024, 6, 4)))) == (0, 0)
        assert ratio("problem.01", year(at(JUNE))) == (1, 1)

    def test_a_case_visited_again_counts_once_as_it_was_found_last(self) -> None:
        case = applied("A1", facts(wages(500)))
        visited(case, facts(wages(900)))
        visited(case, facts(wages(500)), on=JUNE)
        assert ratio("problem.01", year(at(date(2024, 6, 4)))) == (1, 1)
        assert ratio("problem.01") == (0, 1)

    def test_a_correction_counts_from_its_day_on(self) -> None:
        signed = visited(applied("A1", facts(wages(500))), facts(wages(900)))
        SurveyCorrection.objects.create(
            survey=signed, division=VILLAGE, sequence=1, before=facts(wages(900)), after=facts(wages(500)),
            reason="多写了", corrected_on=JUNE, corrected_by="甲", agreed_by="户主",
        )  # fmt: skip
        assert ratio("problem.01", year(at(date(2024, 6, 4)))) == (1, 1)
        assert ratio("problem.01") == (0, 1)

    def test_a_re_survey_is_held_against_the_facts_of_the_decision(self) -> None:
        decision = Decision.objects.create(
            number="旧A1", household=Family("A1").enter().household, opening_act=opening_act(), division=VILLAGE,
            area="rural", kind="legacy", cause="opening", decided_on=date(2023, 6, 15), maker="甲签", approver="乙签",
            persons=1, amount_fen=62000, first_month=date(2023, 7, 1), facts=facts(wages(100)),
        )  # fmt: skip
        AccuracyCheck.objects.create(
            year=YEAR, decision=decision, division=VILLAGE, drawn_on=JUNE, checked_on=JUNE,
            facts=facts(wages(100), wages(50)), outcome="dibao", amount_fen=1,
        )  # fmt: skip
        assert ratio("problem.01") == (1, 1)
        assert rows("problem.01")[0][0] == "抽样复查"


class TestProperty:
    def test_a_dwelling_that_no_register_knows_is_counted(self) -> None:
        known, unknown, homeless, silent = (
            applied("A1", facts()), applied("A2", facts()), applied("A3", facts(dwellings=0)), applied("A4", facts()),
        )  # fmt: skip
        matched(known, "real_estate", "hit", disposition="recheck")
        matched(unknown, "real_estate", "no_hit")
        matched(homeless, "real_estate", "no_hit")
        matched(silent, "real_estate", "not_checked")
        assert ratio("problem.02") == (1, 2)
        assert rows("problem.02")[0][0] == unknown.number
        assert count("problem.02.b") == 1

    def test_a_case_visited_twice_is_one_case(self) -> None:
        case = applied("A1", facts())
        matched(case, "real_estate", "no_hit")
        visited(case, facts(dwellings=2))
        visited(case, facts(dwellings=1), on=JUNE)
        assert ratio("problem.02") == (1, 1)

    def test_what_was_answered_is_settled(self) -> None:
        case = applied("A1", facts())
        matched(case, "vehicles", "hit", disposition="accept_record")
        assert count("problem.02.b") == 0


class TestSilentDepartments:
    def test_a_person_of_whom_one_source_says_nothing_is_counted_once(self) -> None:
        first, second = applied("A1", facts()), applied("A2", facts())
        matched(first, "tax", "not_checked")
        matched(first, "vehicles", "not_checked")
        matched(second, "tax", "no_hit")
        assert ratio("problem.03") == (1, 2)
        assert rows("problem.03")[0][-2:] == ["2", "2"]
        assert rows("problem.03", masked=True)[0][1] == "成**"

    def test_who_is_said_to_live_elsewhere_is_listed(self) -> None:
        applied("A1", facts(lives_together=False))
        applied("A2", facts(lives_together=True))
        assert count("problem.03.b") == 1


class TestMorePeople:
    def test_the_net_of_the_year_is_what_the_movements_say(self) -> None:
        enter("A1", MARCH, persons=2)
        family("A2", persons=3).decide("stop", JUNE)
        dies(family("A3", persons=2), 1, JUNE)
        assert measured("problem.05").n == 2 - 3 - 1 == count("entered.persons") - count("left.persons")
        assert rows("problem.05") == [["2024-03", "2", "0", "2"], ["2024-06", "0", "4", "-4"]]

    def test_applications_of_this_year_and_of_the_last(self) -> None:
        applied("A1", facts(), on=MARCH)
        applied("A2", facts(), on=date(2023, 12, 31))
        applied("A3", facts(), on=JUNE, kind="review")
        assert (count("problem.05.b"), count("problem.05.c")) == (1, 1)


class TestCountyShare:
    def test_what_the_county_owes_is_said_and_its_arrival_not_guessed(self) -> None:
        propose_budget(
            YEAR, "rural", division=COUNTY, last_year_persons=3, standard_fen=74000, average_benefit_fen=2000,
            price_factor_bp=10_000, expected_entries=1, reserve_bp=0, approved_fen=60001, approved_on=JANUARY,
            at=at(JANUARY),
        )  # fmt: skip
        # 62 %, 18 % and 5 % of 600.01, each rounded down: 37,200 + 10,800 + 3,000; the county pays the other 9,001
        assert rows("problem.06") == [["农村", "60001", "9001", "—"]]
        assert measured("problem.06").value is None
        assert measured("problem.06").why.startswith("没有记录：县级配套资金")


class TestStaff:
    def test_households_are_shared_by_who_is_in_post(self) -> None:
        for number in ("A1", "A2", "A3"):
            family(number)
        family("B1", division=FAR_VILLAGE)
        filled = approve_post(TOWN, title="经办", needed_since=JANUARY, due_on=LAST, at=at(JANUARY))
        fill_post(filled.pk, on=date(2024, 1, 11), at=at(date(2024, 1, 11)))
        approve_post(TOWN, title="经办二", needed_since=date(2024, 12, 22), due_on=LAST, at=at(date(2024, 12, 22)))
        assert ratio("problem.07") == (4, 1)
        assert measured("problem.07").text == "4.00"
        assert rows("problem.07") == [["镇100", "3", "2", "1"], ["镇101", "1", "0", "0"]]
        # vacant 10 of the year's 366 days, and 10 of 10
        assert ratio("problem.07.b") == (20, 376)

    def test_without_a_register_of_posts_nobody_can_say(self) -> None:
        family("A1")
        assert measured("problem.07").value is None

    def test_a_township_without_a_signature_is_named(self) -> None:
        family("A1")
        family("B1", division=FAR_VILLAGE)
        hold_training(COUNTY, held_on=MARCH, topic="政策", sheet="表", signatures=[(TOWN, "甲")], at=at(MARCH))
        assert rows("problem.08.b") == [["镇101"]]

    def test_the_work_is_listed_and_its_money_not_guessed(self) -> None:
        hold_training(COUNTY, held_on=MARCH, topic="政策", sheet="表", signatures=[(TOWN, "甲")], at=at(MARCH))
        assert rows("problem.09") == [["培训", "1", "—"]]
        assert measured("problem.09").text == "未测得"


class TestPublicity:
    def test_a_village_that_only_heard_what_is_for_all_is_a_blind_spot(self) -> None:
        divisions()
        told = [(VILLAGE, "elderly"), (OTHER_VILLAGE, "all"), ("360429101000", "remote")]
        for place, group in told:
            record_publicity(place, held_on=MARCH, channel="talk", target_group=group, reached=5, at=at(MARCH))
        assert ratio("problem.11") == (2, 3)
        assert {row[1] for row in rows("problem.11") if row[3] == "0"} == {"西村", "远村"}
        assert ratio("problem.12") == (2, 3)

    def test_refusals_of_the_year_s_applications(self) -> None:
        granted, refused = applied("A1", facts(), on=JANUARY), applied("A2", facts(), on=JANUARY)
        for case in (granted, refused):
            visited(case, facts(), date(2024, 2, 1))
            PublicNotice.objects.create(
                case=case, division=VILLAGE, posted_on=date(2024, 2, 5), ends_on=date(2024, 2, 11), persons=1,
                proposed_fen=1000,
            )  # fmt: skip
        common = {"division": VILLAGE, "area": "rural", "cause": "application", "decided_on": MARCH, "maker": "甲签",
                  "approver": "乙签"}  # fmt: skip
        Decision.objects.create(
            number="确A1", household=granted.household, case=granted, kind="confirm", persons=1, amount_fen=1000,
            first_month=date(2024, 4, 1), **common,
        )  # fmt: skip
        Decision.objects.create(
            number="拒A2", household=refused.household, case=refused, kind="refuse",
            facts={"refusal": ["有住房2套，超过规定套数"]}, **common,
        )  # fmt: skip
        assert ratio("problem.10") == (1, 2)
        assert rows("problem.10")[0][3:] == ["不予确认同意", "有住房2套，超过规定套数"]

    def test_only_questions_are_consultations(self) -> None:
        for kind in ("question", "complaint"):
            open_ticket(
                VILLAGE, number=f"T-{kind}", kind=kind, is_named=False, received_on=MARCH, summary="问", at=at(MARCH)
            )
        assert count("problem.10.b") == 1
