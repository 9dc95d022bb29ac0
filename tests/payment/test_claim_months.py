"""追缴的月份和约定: which months a decision makes too much, and what is agreed about the rest of a receivable."""

import pathlib
from datetime import date

import pytest

from opendibao.audit.session import acting
from opendibao.kernel.duties import EVERY_DUTY
from opendibao.payment.actions import approve_run, check_run, send_run, sendings, take_return
from opendibao.payment.bank_return import write_result
from opendibao.payment.claiming import deciding, overpaid
from opendibao.payment.ledger import verify
from opendibao.payment.models import Offset
from opendibao.payment.refusal import PaymentRefused
from opendibao.payment.repaying import agree_way, approve_waiver, ask_waiver, balance_of
from tests.payment.builders import at, family
from tests.payment.months import JANUARY, approved, computed, paid, ready
from tests.payment.test_recovering import APRIL, DAY, FEBRUARY, MARCH, claimed, overpaid_family, set_off

pytestmark = pytest.mark.usefixtures("county")


class TestMonths:
    def test_an_uprating_after_it_does_not_hide_the_decision_that_lowered(self) -> None:
        one = overpaid_family()
        paid(MARCH)
        one.decide("increase", date(2024, 3, 20), fen=33000, first_month=APRIL, cause="standard")
        lowered = one.household.decisions.get(kind="reduce")
        assert deciding(one.household.pk) == lowered.pk
        found = overpaid(one.household.pk, decision_id=lowered.pk, since_month=JANUARY)
        assert [(month.month, month.fen) for month in found] == [(JANUARY, 32000), (FEBRUARY, 32000)]

    def test_what_a_later_decision_grants_is_not_too_much_by_an_earlier_one(self) -> None:
        one = overpaid_family()
        one.decide("increase", date(2024, 2, 25), fen=62000, first_month=MARCH)
        paid(MARCH)
        lowered = one.household.decisions.get(kind="reduce")
        found = overpaid(one.household.pk, decision_id=lowered.pk, since_month=MARCH)
        assert found == []

    def test_a_list_that_had_gone_out_before_the_decision_is_too_much_in_its_own_month(
        self, tmp_path: pathlib.Path
    ) -> None:
        one = family("A1")
        family("Z1")
        paid(JANUARY)
        run = approved(FEBRUARY, date(2024, 1, 31))
        one.decide("reduce", date(2024, 1, 31), fen=30000, first_month=FEBRUARY)
        send_run(run.pk, on=FEBRUARY, at=at(FEBRUARY), out_dir=tmp_path)
        take_return(run.pk, write_result(sendings(run.pk), FEBRUARY, {}), on=FEBRUARY, at=at(FEBRUARY))
        lowered = one.household.decisions.get(kind="reduce")
        assert lowered.first_month == FEBRUARY
        found = overpaid(one.household.pk, decision_id=lowered.pk, since_month=FEBRUARY)
        assert [(month.month, month.paid_fen, month.due_fen) for month in found] == [(FEBRUARY, 62000, 30000)]


class TestAgreements:
    def test_a_waiver_waits_for_the_list_that_sets_off_part_of_it(self) -> None:
        made = claimed(overpaid_family())
        set_off(made)
        run = computed(MARCH)
        asked = ask_waiver(made.pk, cause="重病住院", on=DAY, at=at(DAY))
        assert asked.fen == 58000
        with acting("王财政", "360429", EVERY_DUTY), pytest.raises(PaymentRefused, match="2024-03的名册正在办理"):
            approve_waiver(asked.pk, on=DAY, at=at(DAY))
        ready(run.pk, date(2024, 3, 3))
        check_run(run.pk, on=date(2024, 3, 3), at=at(date(2024, 3, 3)), checker="李复核")
        approve_run(run.pk, on=date(2024, 3, 3), at=at(date(2024, 3, 3)), finance="王财政")
        with acting("王财政", "360429", EVERY_DUTY):
            approve_waiver(asked.pk, on=DAY, at=at(DAY))
        assert (balance_of(made.pk), verify().fault) == (0, "")

    def test_cash_may_be_given_back_in_instalments_and_none_is_more_than_is_left(self) -> None:
        made = claimed(overpaid_family())
        with pytest.raises(PaymentRefused, match=r"不超过还没有退回的640\.00元"):
            agree_way(made.pk, way="cash", monthly_fen=64001, on=DAY, at=at(DAY))
        agree_way(made.pk, way="cash", monthly_fen=10000, on=DAY, at=at(DAY))
        made.refresh_from_db()
        assert (made.way, made.monthly_fen, made.agreed_on) == ("cash", 10000, DAY)
        paid(MARCH)
        assert not Offset.objects.exists()  # in cash, so that the whole month is paid
