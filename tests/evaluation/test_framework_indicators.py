"""Indicators of the ministry's frameworks measure rows: each boundary is counted by hand."""

import pathlib
from datetime import date

import pytest
from django.db import connection

from opendibao.config import embedded
from opendibao.decision.models import Decision, PublicNotice
from opendibao.evaluation.models import SatisfactionAnswer
from opendibao.evaluation.queries import indicators
from opendibao.intake.models import Case
from opendibao.outreach.actions import answer_ticket, open_ticket
from opendibao.payment.actions import reissue, sendings, take_return
from opendibao.payment.bank_return import Result, read_results, render_results, write_result
from opendibao.verification.models import Survey
from tests.evaluation import small_county
from tests.evaluation.year import LATER, dies, measured, ratio, rows, year
from tests.payment.builders import COUNTY, VILLAGE, Family, at, family, new_account
from tests.payment.months import JANUARY, approved, paid, sent

pytestmark = pytest.mark.usefixtures("county")
EIGHTH = date(2024, 1, 8)


def spoil(table: str, sql: str) -> None:
    """Change rows past the walls of their table, as only the database's owner could."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("RESET ROLE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(sql)
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        cursor.execute(f"SET ROLE {embedded.APP}")


def why(code: str) -> str:
    """What an indicator says where it has no value."""
    indicator = indicators()[code]
    reading = indicator.reading([measured(figure.id) for figure in indicator.figures])
    assert reading.value is None
    return reading.note


class TestMoneyOfTheBudget:
    def test_the_two_execution_rates_are_two_questions(self) -> None:
        small_county.plan_budget()  # 600.00 yuan for each area
        small_county.live()  # 640.00 yuan to each family
        assert ratio("execution_rate") == (128000, 120000)
        assert measured("execution_rate").text == "106.67%"
        assert ratio("execution_of_arrived") == (0, 0)
        assert why("execution_of_arrived").startswith("没有记录：各级财政补助资金")

    def test_what_has_arrived_is_not_guessed_from_the_budget(self) -> None:
        small_county.plan_budget()
        assert measured("arrived_rate").rows == 2
        assert why("arrived_rate").startswith("没有记录：各级财政补助资金")
        assert rows("arrived_rate")[0] == ["农村", "60000", "2024-01-01", "—"]

    def test_the_cost_of_administration_is_not_nothing(self) -> None:
        family("A1")
        family("B1")
        assert rows("administration_cost") == [["镇100", "2", "—"]]
        assert "工作经费的支出" in why("administration_cost")


class TestPaidInFullAndInTime:
    def test_money_booked_by_its_day_in_full_is_both(self) -> None:
        family("A1", fen=62000)
        paid(JANUARY)
        assert (ratio("paid_in_full"), ratio("paid_in_time")) == ((1, 1), (1, 1))
        assert rows("paid_in_full")[0][2:] == [
            "东村", "2024-01", "2024-01-10", "2024-01-08", "旧A1", "62000", "62000", "0"
        ]  # fmt: skip

    def test_a_return_that_was_not_sent_again_is_neither(self) -> None:
        family("A1")
        family("B1")
        run = sent(JANUARY)
        take_return(run.pk, write_result(sendings(run.pk), EIGHTH, {"B1": "销户"}), on=EIGHTH, at=at(EIGHTH))
        assert (ratio("paid_in_full"), ratio("paid_in_time")) == ((1, 2), (1, 2))
        assert rows("paid_in_full")[0][0] == "B1"  # what is wrong stands first

    def test_a_return_sent_again_after_the_day_is_full_and_late(self, tmp_path: pathlib.Path) -> None:
        made, eleventh = family("A1"), date(2024, 1, 11)
        run = sent(JANUARY)
        take_return(run.pk, write_result(sendings(run.pk), EIGHTH, {"A1": "销户"}), on=EIGHTH, at=at(EIGHTH))
        new_account(made, "62NEW", since=date(2024, 1, 9), known=at(date(2024, 1, 9)))
        reissue(run.pk, on=eleventh, at=at(eleventh), out_dir=tmp_path)
        take_return(run.pk, write_result(sendings(run.pk, again=True), eleventh, {}), on=eleventh, at=at(eleventh))
        assert (ratio("paid_in_full"), ratio("paid_in_time")) == ((1, 1), (0, 1))

    @pytest.mark.parametrize(("day", "in_time"), [(10, 1), (11, 0)])
    def test_the_due_day_itself_is_in_time(self, day: int, in_time: int) -> None:
        family("A1")
        run = sent(JANUARY)
        told = [
            Result(one.row, one.e2e, one.fen, one.state, date(2024, 1, day), "")
            for one in read_results(write_result(sendings(run.pk), EIGHTH, {}))
        ]
        take_return(run.pk, render_results(told), on=date(2024, 1, 12), at=at(date(2024, 1, 12)))
        assert ratio("paid_in_time") == (in_time, 1)
        assert ratio("paid_in_full") == (1, 1)

    def test_what_is_not_yet_due_is_left_out(self) -> None:
        family("A1")
        sent(JANUARY)
        assert ratio("paid_in_full", year(at(date(2024, 1, 9)))) == (0, 0)
        assert ratio("paid_in_full", year(at(date(2024, 1, 10)))) == (0, 1)


class TestWronglyPaid:
    def test_money_as_decided_is_right(self) -> None:
        family("A1", fen=62000)
        paid(JANUARY)
        assert ratio("wrongly_paid") == (0, 62000)
        assert rows("wrongly_paid") == [["A1", "2024-01", "旧A1", "62000", "62000", "—"]]

    def test_money_without_a_decision_for_the_month_is_wrong_altogether(self) -> None:
        family("A1", fen=62000)
        paid(JANUARY)
        spoil("decision_decision", "UPDATE decision_decision SET last_month = '2023-12-01'")
        assert ratio("wrongly_paid") == (62000, 62000)
        assert rows("wrongly_paid")[0][-1] == "当月没有有效决定"

    def test_more_than_decided_is_wrong_by_what_is_too_much(self) -> None:
        family("A1", fen=62000)
        family("B1", fen=50000)
        paid(JANUARY)
        spoil("decision_decision", "UPDATE decision_decision SET amount_fen = 60000 WHERE number = '旧A1'")
        assert ratio("wrongly_paid") == (2000, 112000)
        assert rows("wrongly_paid")[0] == ["A1", "2024-01", "旧A1", "60000", "62000", "多于决定金额"]

    def test_who_died_within_the_month_was_still_owed_it_and_who_died_before_was_not(self) -> None:
        within, before = family("A1", fen=62000), family("B1", fen=50000)
        paid(JANUARY)
        dies(within, 0, date(2024, 1, 1), known=at(date(2024, 3, 1)))
        dies(before, 0, date(2023, 12, 30), known=at(date(2024, 3, 1)))
        assert ratio("wrongly_paid") == (50000, 112000)
        assert rows("wrongly_paid")[0][-1] == "当月家中已没有成员"

    def test_a_death_known_after_the_lock_is_not_known_to_it(self) -> None:
        made = family("A1", fen=62000)
        paid(JANUARY)
        dies(made, 0, date(2023, 12, 30), known=LATER)
        assert ratio("wrongly_paid") == (0, 62000)
        assert ratio("wrongly_paid", year(LATER)) == (62000, 62000)


class TestMissedPay:
    def test_a_month_that_was_paid_is_not_missed_and_one_without_a_run_is(self) -> None:
        family("A1")
        paid(JANUARY)
        assert ratio("missed_pay", year(at(date(2024, 2, 9)))) == (0, 1)
        assert ratio("missed_pay", year(at(date(2024, 2, 10)))) == (1, 2)  # February's day has come
        assert ratio("missed_pay") == (11, 12)

    def test_a_family_that_a_run_leaves_out_is_missed(self) -> None:
        family("A1")
        paid(JANUARY)
        family("B1")  # its decision was brought in after the freeze
        assert ratio("missed_pay", year(at(date(2024, 1, 31)))) == (1, 2)
        assert rows("missed_pay", year(at(date(2024, 1, 31))))[0][0] == "B1"

    def test_who_was_stopped_or_is_gone_is_owed_nothing_more(self) -> None:
        stopped, gone = family("A1"), family("B1")
        stopped.decide("stop", date(2024, 1, 20))
        dies(gone, 0, date(2024, 1, 20))
        paid(JANUARY)
        assert ratio("missed_pay") == (0, 2)

    def test_before_the_first_run_nothing_is_due(self) -> None:
        family("A1")
        assert ratio("missed_pay") == (0, 0)
        assert why("missed_pay") == "查询没有返回任何行"

    def test_money_on_its_way_has_not_come(self) -> None:
        family("A1")
        approved(date(2024, 12, 1))
        assert ratio("missed_pay") == (1, 1)


class TestPostedNotices:
    def confirmed(self, number: str, decided: date, *, posted: date | None) -> None:
        made = Family(number).enter()
        case = Case.objects.create(
            number=f"申{number}", kind="application", household=made.household, division=VILLAGE, area="rural",
            state="confirmed", channel="counter", applied_on=JANUARY, accepted_on=JANUARY,
        )  # fmt: skip
        Survey.objects.create(
            case=case, division=VILLAGE, surveyed_on=JANUARY, first_surveyor="甲", second_surveyor="乙",
            respondent="户主", is_signed=True,
        )  # fmt: skip
        if posted:
            PublicNotice.objects.create(
                case=case, division=VILLAGE, posted_on=posted, ends_on=date.fromordinal(posted.toordinal() + 6),
                persons=1, proposed_fen=1000,
            )  # fmt: skip
        Decision.objects.create(
            number=f"确{number}", household=made.household, case=case, division=VILLAGE, area="rural", kind="confirm",
            cause="application", decided_on=decided, maker="甲签", approver="乙签", persons=1, amount_fen=1000,
            first_month=date(2024, 4, 1),
        )  # fmt: skip

    def test_seven_days_and_then_the_decision(self) -> None:
        self.confirmed("A1", date(2024, 3, 27), posted=date(2024, 3, 20))  # posted 03-20 to 03-26
        assert ratio("posted_notices") == (1, 1)
        assert rows("posted_notices") == [["申A1", "东村", "2024-03-20", "2024-03-26", "2024-03-27"]]

    def test_a_notice_that_was_put_up_anew_after_the_decision_is_no_notice_before_it(self) -> None:
        self.confirmed("A1", date(2024, 3, 27), posted=date(2024, 3, 20))
        spoil(
            "decision_publicnotice", "UPDATE decision_publicnotice SET posted_on = '2024-03-21', ends_on = '2024-03-27'"
        )
        assert ratio("posted_notices") == (0, 1)

    def test_a_family_whose_notice_is_gone_counts_against_us(self) -> None:
        self.confirmed("A1", date(2024, 3, 27), posted=date(2024, 3, 20))
        spoil("decision_publicnotice", "DELETE FROM decision_publicnotice")
        assert ratio("posted_notices") == (0, 1)


def test_knowing_some_of_the_policy_is_knowing_it_and_silence_is_no_answer() -> None:
    for number, awareness in (("A1", "knows"), ("A2", "partly"), ("A3", "not"), ("A4", "none")):
        SatisfactionAnswer.objects.create(
            year=2024, household=family(number).household, division=VILLAGE, asked_on=date(2024, 12, 18),
            answer="satisfied", relief="eased", awareness=awareness,
        )  # fmt: skip
    assert ratio("awareness") == (2, 3)
    assert [row[3] for row in rows("awareness")] == ["知道", "知道一些", "不知道"]


def test_only_complaints_and_reports_are_petitions() -> None:
    family("A1")
    # fifteen working days after Monday 2024-03-04 end on Monday 2024-03-25
    calls = (
        ("T1", "complaint", 25),
        ("T2", "report", 26),
        ("T3", "question", 25),
        ("T4", "complaint", None),
    )
    for number, kind, answered in calls:
        received = date(2024, 3, 4)
        open_ticket(
            COUNTY, number=number, kind=kind, is_named=True, received_on=received, summary="反映情况", at=at(received)
        )
        if answered:
            day = date(2024, 3, answered)
            answer_ticket(number, answer="已核实并答复", on=day, at=at(day))
    assert ratio("petitions_closed") == (1, 3)
    assert [row[2] for row in rows("petitions_closed")] == ["投诉", "举报", "投诉"]


def test_the_average_benefit_is_yuan_for_each_person_and_month() -> None:
    family("A1", fen=62050, persons=2)
    family("B1", fen=100000, persons=1)
    paid(JANUARY)
    assert ratio("average_benefit") == (162050, 3)
    assert measured("average_benefit").text == "540.17"  # 1620.50 ÷ 3 = 540.1666…


def test_visits_and_reviews_are_the_figures_of_the_work() -> None:
    of = {code: indicators()[code].figures[0].id for code in ("home_visits", "reviewed_in_time")}
    assert of == {"home_visits": "surveys", "reviewed_in_time": "reverified"}
