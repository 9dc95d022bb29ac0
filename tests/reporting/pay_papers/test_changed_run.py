"""有补发和抵扣的一批: roster, application and statement name the month and what is set off, and add up to the file."""

from datetime import date
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from opendibao.audit.session import acting
from opendibao.kernel.duties import EVERY_DUTY
from opendibao.payment.models import PayRun
from opendibao.payment.ordering import approve_orders, order_payment, order_supplement
from opendibao.reporting.pay_papers import funds_application_pdf, reconciliation_pdf, roster_pdf, roster_xlsx
from tests.payment.builders import Family, at, family
from tests.payment.months import JANUARY, paid
from tests.payment.test_recovering import claimed, set_off
from tests.reporting.case_papers.reading import text

FEBRUARY, DAY, TODAY = date(2024, 2, 1), date(2024, 1, 20), date(2024, 2, 20)
pytestmark = pytest.mark.usefixtures("county")


@pytest.fixture
def run(county: None) -> PayRun:
    """February: 300.00 (a fifth set off), 315.50 and 620.00 of the month, January's 315.50 and 45.00 beside it."""
    one, late = family("A1", fen=62000), Family("B1", fen=31550).enter()
    family("C1", fen=62000)
    paid(JANUARY)
    late.legacy()
    one.decide("reduce", DAY, fen=30000, first_month=FEBRUARY)
    set_off(claimed(one))
    ids = [order_supplement(late.household.pk, month=JANUARY, cause="晚到", on=DAY, at=at(DAY)).pk]
    ids.append(
        order_payment(
            one.household.pk, month=JANUARY, kind="price", amount_fen=4500, cause="物价",
            decision_id=one.household.decisions.get(kind="legacy").pk, on=DAY, at=at(DAY),
        ).pk
    )  # fmt: skip
    with acting("李复核", "360429", EVERY_DUTY):
        approve_orders(ids, on=DAY, at=at(DAY))
    return paid(FEBRUARY)


def test_the_roster_names_the_month_and_what_is_set_off_and_counts_a_household_once(run: PayRun) -> None:
    data = roster_xlsx(run.pk, on=TODAY, officer="孙伟", full=True)
    rows = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()
    lines = [(row[3], row[5], row[8], row[12]) for row in rows if str(row[0]).isdigit()]
    assert lines == [
        ("成员1", "1", "300.00", "抵扣应追缴60.00元"),
        ("成员1", "", "45.00", "物价补贴2024年1月"),
        ("成员1", "1", "315.50", ""),
        ("成员1", "", "315.50", "补发2024年1月"),
        ("成员1", "1", "620.00", ""),
    ]
    said = text(roster_pdf(run.pk, on=TODAY, officer="孙伟"))
    assert "本批送银行1,536.00元＝发放合计1,596.00元－抵扣应追缴60.00元" in said
    assert "东村小计3户3" in said


def test_the_application_tells_what_is_beside_the_month(run: PayRun) -> None:
    said = text(funds_application_pdf(run.pk, on=TODAY))
    assert "申请拨付1,596.00元" in said
    assert "其中补发1笔315.50元物价补贴1笔45.00元提标补差没有" in said
    assert "其中抵扣1笔60.00元" in said
    assert "本次送银行5笔1,536.00元" in said


def test_the_statement_tells_what_did_not_go_to_the_bank(run: PayRun) -> None:
    said = text(reconciliation_pdf(run.pk, on=TODAY))
    assert "抵扣应追缴1笔60.00元（不在已送之内）" in said
    assert "三方相符，差额为零" in said
