"""Indicators measure rows: each boundary is counted by hand."""

from datetime import date

import pytest

from opendibao.decision.models import Decision, OutboxEvent, PublicNotice
from opendibao.evaluation import rows as figure_rows
from opendibao.intake.models import Case
from opendibao.outreach.actions import approve_post, fill_post, hold_training
from opendibao.payment.actions import sendings, take_return
from opendibao.payment.bank_return import Result, read_results, render_results, write_result
from opendibao.payment.models import PayRun
from opendibao.verification.models import Survey
from tests.evaluation.year import LATER, dies, measured, ratio, rows, year
from tests.payment.builders import COUNTY, VILLAGE, Family, at, family, new_account, opening_act
from tests.payment.months import JANUARY, approved, paid, sent

pytestmark = pytest.mark.usefixtures("county")
FEBRUARY = date(2024, 2, 1)
MARCH_4 = date(2024, 3, 4)


class TestPaidByTenth:
    def test_a_month_booked_by_its_day_is_on_time(self) -> None:
        family("A1", persons=2)
        paid(JANUARY)
        assert PayRun.objects.get().due_on == date(2024, 1, 10)
        assert ratio("paid_by_tenth") == (1, 12)  # the eleven months without a run are late
        assert rows("paid_by_tenth")[0] == ["2024-01", "2024-01-10", "2024-01-08", "1"]

    def test_one_late_booking_makes_the_month_late(self) -> None:
        family("A1")
        family("B1", persons=3)
        run = sent(JANUARY)
        late = [
            Result(one.row, one.e2e, one.fen, one.state, date(2024, 1, 11) if "B1" in one.e2e else one.booked_on, "")
            for one in read_results(write_result(sendings(run.pk), date(2024, 1, 8), {}))
        ]
        take_return(run.pk, render_results(late), on=date(2024, 1, 12), at=at(date(2024, 1, 12)))
        assert ratio("paid_by_tenth")[0] == 0
        assert ratio("paid_by_tenth.persons") == (1, 4)

    def test_a_return_by_the_bank_does_not_make_the_others_late(self) -> None:
        family("A1")
        family("B1")
        run = sent(JANUARY)
        answer = write_result(sendings(run.pk), date(2024, 1, 8), {"B1": "销户"})
        take_return(run.pk, answer, on=date(2024, 1, 8), at=at(date(2024, 1, 8)))
        assert ratio("paid_by_tenth")[0] == 1
        assert ratio("paid_by_tenth.persons") == (1, 2)

    def test_money_that_is_still_on_its_way_is_not_on_time(self) -> None:
        family("A1")
        sent(JANUARY)
        assert ratio("paid_by_tenth")[0] == 0

    def test_months_before_the_first_run_are_not_due(self) -> None:
        family("A1")
        approved(date(2024, 11, 1))
        assert ratio("paid_by_tenth") == (0, 2)


def application(made: Family, accepted: date, state: str) -> Case:
    """An application with its notice posted on 2024-03-20, as the database asks for."""
    case = Case.objects.create(
        number=f"申{made.number}", kind="application", household=made.household, division=VILLAGE, area="rural",
        state=state, channel="counter", applied_on=accepted, accepted_on=accepted,
    )  # fmt: skip
    Survey.objects.create(
        case=case, division=VILLAGE, surveyed_on=date(2024, 3, 11), first_surveyor="甲", second_surveyor="乙",
        respondent="户主", is_signed=True,
    )  # fmt: skip
    PublicNotice.objects.create(
        case=case, division=VILLAGE, posted_on=date(2024, 3, 20), ends_on=date(2024, 3, 26), persons=1,
        proposed_fen=1000,
    )  # fmt: skip
    return case


class TestEntitledCovered:
    def confirmed(self, number: str, accepted: date, decided: date) -> None:
        made = Family(number).enter()
        Decision.objects.create(
            number=f"确{number}", household=made.household, case=application(made, accepted, "confirmed"),
            division=VILLAGE, area="rural", kind="confirm", cause="application", decided_on=decided, maker="甲签",
            approver="乙签", persons=1, amount_fen=1000, first_month=date(2024, 5, 1),
        )  # fmt: skip

    def test_thirty_working_days_are_in_time_and_thirty_one_are_not(self) -> None:
        # domain.md G13: accepted 2024-03-04, the thirtieth working day is 2024-04-16
        self.confirmed("A1", MARCH_4, date(2024, 4, 16))
        self.confirmed("A2", MARCH_4, date(2024, 4, 17))
        assert ratio("entitled_covered.admitted") == (1, 2)
        assert [row[5] for row in rows("entitled_covered.admitted")] == ["30", "31"]

    def test_a_family_found_eligible_and_left_waiting_counts_against_us(self) -> None:
        application(Family("A1").enter(), MARCH_4, "noticed")
        assert ratio("entitled_covered.admitted") == (0, 1)

    def test_a_stop_by_the_next_freeze_is_in_time(self) -> None:
        made, other, _stays = family("A1"), family("A2"), family("A3")
        paid(JANUARY)  # frozen on 01-03
        made.decide("stop", FEBRUARY)
        other.decide("stop", date(2024, 2, 5))
        Case.objects.filter(household=other.household).update(applied_on=FEBRUARY)
        approved(FEBRUARY)  # frozen on 02-03
        assert ratio("entitled_covered.stopped") == (1, 2)

    def test_a_household_whose_members_are_all_gone_is_a_known_cause(self) -> None:
        dies(family("A1"), 0, date(2024, 12, 30))
        assert ratio("entitled_covered.stopped") == (0, 1)

    def test_a_death_known_after_the_lock_is_no_known_cause(self) -> None:
        dies(family("A1"), 0, date(2024, 12, 20), known=LATER)
        assert ratio("entitled_covered.stopped") == (0, 0)
        assert ratio("entitled_covered.stopped", year(LATER)) == (0, 1)


class TestEarmarkedUse:
    def test_money_to_the_household_s_own_account_is_where_it_belongs(self) -> None:
        family("A1", fen=62000)
        paid(JANUARY)
        assert ratio("earmarked_use") == (0, 62000)

    def test_an_account_that_has_since_changed_was_right_when_it_was_paid(self) -> None:
        made = family("A1", fen=62000)
        paid(JANUARY)
        new_account(made, "6299", since=date(2024, 3, 1), known=at(date(2024, 3, 1)))
        assert ratio("earmarked_use") == (0, 62000)

    def test_an_account_that_never_was_the_household_s_is_counted(self) -> None:
        made = family("A1", fen=62000)
        paid(JANUARY)
        new_account(made, "6299", since=date(2024, 1, 1), known=at(date(2024, 3, 1)))
        assert ratio("earmarked_use") == (62000, 62000)


class TestConformity:
    def test_lines_that_cannot_be_recomputed_are_neither_right_nor_wrong(self, monkeypatch: pytest.MonkeyPatch) -> None:
        right, wrong, _lacking = family("A1", fen=62000), family("A2", fen=62000), family("A3", fen=62000)
        paid(JANUARY)
        again = {self.decision(right): 62000, self.decision(wrong): 62001}
        monkeypatch.setattr(figure_rows, "recomputed_amounts", lambda **_: again)
        assert ratio("standard_conformity") == (1, 2)
        assert measured("standard_conformity").rows == 3

    @staticmethod
    def decision(made: Family) -> int:
        return Decision.objects.get(household=made.household).pk


def test_the_gap_closed_leaves_out_decisions_whose_gap_is_unknown() -> None:
    family("A2", fen=50000)
    made = Family("A1").enter()
    Decision.objects.create(
        number="旧A1", household=made.household, opening_act=opening_act(), division=VILLAGE, area="rural",
        kind="legacy", cause="opening", decided_on=date(2023, 6, 15), maker="甲签", approver="乙签", persons=1,
        amount_fen=62000, gap_fen=60000, first_month=date(2023, 7, 1),
    )  # fmt: skip
    paid(JANUARY)
    assert ratio("hardship_relief") == (62000, 60000)


def test_only_the_superior_s_receipt_in_time_counts() -> None:
    days = {"A1": date(2024, 12, 31), "A2": date(2025, 1, 1), "A3": None}
    for number, accepted in days.items():
        made = family(number)
        OutboxEvent.objects.create(
            decision=Decision.objects.get(household=made.household), division=VILLAGE, happened_on=date(2024, 12, 24),
            due_on=date(2024, 12, 31), accepted_on=accepted, receipt="回执" if accepted else "",
        )  # fmt: skip
    assert ratio("superior_entry") == (1, 3)


def test_an_event_belongs_to_the_year_in_which_it_is_due() -> None:
    made = family("A1")
    OutboxEvent.objects.create(
        decision=Decision.objects.get(household=made.household), division=VILLAGE, happened_on=date(2024, 12, 30),
        due_on=date(2025, 1, 7),
    )  # fmt: skip
    assert ratio("superior_entry") == (0, 0)
    assert ratio("superior_entry", year(LATER, of=2025)) == (0, 1)


def test_a_training_without_signed_sheet_does_not_count() -> None:
    for sheet, signed in (("签到表一", [(VILLAGE, "甲")]), ("签到表二", []), ("", [])):
        hold_training(COUNTY, held_on=MARCH_4, topic="政策", sheet=sheet, signatures=signed, at=at(MARCH_4))
    assert (measured("staff_trainings").n, measured("staff_trainings").rows) == (1, 3)


def test_posts_settled_before_the_year_are_not_this_year_s() -> None:
    due = {"旧岗": date(2023, 6, 1), "拖岗": date(2023, 6, 1), "新岗": date(2024, 6, 1), "未到期": date(2025, 6, 1)}
    posts = {
        title: approve_post(COUNTY, title=title, needed_since=date(2023, 1, 1), due_on=on, at=at(MARCH_4)).pk
        for title, on in due.items()
    }
    fill_post(posts["旧岗"], on=date(2023, 5, 1), at=at(MARCH_4))
    fill_post(posts["新岗"], on=date(2024, 6, 1), at=at(MARCH_4))
    assert ratio("posts_filled") == (1, 2)
