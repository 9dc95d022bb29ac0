"""提标补差和物价补贴: money beside the monthly list leaves every indicator right; each sum is worked out by hand."""

from datetime import date

import pytest
from django.db import connection

from opendibao.audit.session import acting
from opendibao.budget.actions import propose_budget
from opendibao.budget.queries import budget
from opendibao.config import embedded
from opendibao.decision.price_link import Indices
from opendibao.decision.price_supplement import approve_price_supplement, propose_price_supplement
from opendibao.evaluation.deviation import deviations, paid_months
from opendibao.evaluation.frames import frame
from opendibao.evaluation.sampled import members
from opendibao.evaluation.sampling import Plan, draw_sample
from opendibao.kernel.duties import EVERY_DUTY
from opendibao.payment.actions import approve_orders, sendings, take_return
from opendibao.payment.back_pay import back_pay
from opendibao.payment.bank_return import read_results, render_results, write_result
from opendibao.payment.price_orders import order_price_supplement
from tests.decision import uprated
from tests.decision.builders import AMOUNT
from tests.decision.uprated import JULY, RAISED
from tests.evaluation.year import measured, ratio, rows, year
from tests.payment.builders import COUNTY, at
from tests.payment.month_end import came_back
from tests.payment.months import JANUARY, paid, sent
from tests.payment.test_back_pay import AUGUST, ORDERED, SEPTEMBER, SHORT, home
from tests.rulemaking.builders import scheduled

pytestmark = pytest.mark.usefixtures("county")
DAY = date(2024, 8, 20)
# 780 × 3.60 % = 28.08 → 29 a person; three persons
PRICE = 8_700
REGULAR = 4 * AMOUNT + 2 * RAISED


@pytest.fixture
def year_of_all(county: None) -> None:
    """Two families of three: July and August at 1,378.00, September at 1,502.00; back-pay and a price supplement."""
    home("A1"), home("B1")
    scheduled()
    paid(JULY)
    paid(AUGUST)
    made = uprated.approved(DAY)
    ids = back_pay(made.pk, on=ORDERED, at=at(ORDERED))
    price = propose_price_supplement(
        Indices(AUGUST, cpi_bp=360, food_bp=100), source="演示县统计公告（虚构）", is_verified=False,
        published_on=ORDERED, on=ORDERED, at=at(ORDERED),
    )  # fmt: skip
    with acting("林批准", "360429", EVERY_DUTY):
        approve_price_supplement(price.pk, on=ORDERED, at=at(ORDERED))
    ids += order_price_supplement(price.pk, on=ORDERED, at=at(ORDERED))
    with acting("郑审批", "360429", EVERY_DUTY):
        approve_orders(ids, on=ORDERED, at=at(ORDERED))


def spoil(sql: str) -> None:
    """Change rows past the walls of their table, as only the database's owner could."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("RESET ROLE")
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(sql)
        cursor.execute("SET session_replication_role = origin")
        cursor.execute(f"SET ROLE {embedded.APP}")


class TestPaid:
    @pytest.fixture(autouse=True)
    def september(self, year_of_all: None) -> None:
        paid(SEPTEMBER)

    def test_nothing_was_paid_wrongly(self) -> None:
        assert ratio("wrongly_paid") == (0, REGULAR + 4 * SHORT + 2 * PRICE)
        assert {row[-1] for row in rows("wrongly_paid")} == {"—"}
        told = {(row[1], row[3], row[4]) for row in rows("wrongly_paid")}
        both = str(RAISED + PRICE)
        assert told == {
            ("2024-07", str(RAISED), str(RAISED)), ("2024-08", str(RAISED), str(RAISED)), ("2024-09", both, both)
        }  # fmt: skip

    def test_a_fen_more_than_the_uprating_or_the_price_supplement_grants_is_wrong(self) -> None:
        spoil("UPDATE payment_attempt SET amount_fen = amount_fen + 1 WHERE e2e = '202407-A1-B-1-1'")
        spoil("UPDATE payment_attempt SET amount_fen = amount_fen + 2 WHERE e2e = '202409-B1-P-1-1'")
        assert ratio("wrongly_paid")[0] == 3
        assert [row[-1] for row in rows("wrongly_paid")][:2] == ["多于价格临时补贴", "多于决定金额"]

    def test_every_month_was_paid_in_full_in_time_by_its_standard(self) -> None:
        assert ratio("paid_in_full") == (6, 6)
        assert ratio("paid_in_time") == (6, 6)
        assert ratio("standard_conformity") == (6, 6)
        assert ratio("paid_by_tenth.persons") == (6, 6)
        assert ratio("paid_by_tenth")[0] == 3

    def test_the_average_is_of_the_benefit_and_the_gap_counts_once_a_month(self) -> None:
        assert ratio("average_benefit") == (REGULAR + 4 * SHORT, 18)
        # the opening's decisions know no gap; those of the uprating 1,423.33
        assert ratio("hardship_relief") == (2 * RAISED, 2 * 142_333)

    def test_the_money_went_where_it_belongs(self) -> None:
        assert ratio("earmarked_use") == (0, REGULAR + 4 * SHORT + 2 * PRICE)  # nothing of it went astray

    def test_each_payment_can_be_drawn_and_is_named(self) -> None:
        december = date(2024, 12, 2)
        keys = [one.key for one in frame("arrival", december)]
        assert len(keys) == len(set(keys)) == 12
        assert {"A1 2024-08", "A1 2024-08 提标补差1", "A1 2024-09 物价补贴1"} <= set(keys)
        draw_sample("arrival", 2024, Plan("simple", seed=1, size=12), on=december, at=at(december))
        assert {one.month for one in members("arrival", 2024)} == {
            "2024-07", "2024-08", "2024-09", "2024-07 提标补差1", "2024-08 提标补差1", "2024-09 物价补贴1",
        }  # fmt: skip

    def test_back_pay_is_what_the_standard_moved(self) -> None:
        propose_budget(
            2024, "rural", division=COUNTY, last_year_persons=3, standard_fen=74000, average_benefit_fen=2000,
            price_factor_bp=10_000, expected_entries=1, reserve_bp=0, approved_fen=60000, approved_on=JANUARY,
            at=at(JANUARY),
        )  # fmt: skip
        (rural,) = deviations(budget(2024), paid_months(year()))
        parts = {part.key: part.fen for part in rural.parts}
        # September's two lines gave 124.00 more than at 740, and the back-pay is all of it the standard's
        assert parts["standard"] == 2 * SHORT + 4 * SHORT
        assert rural.deviation_fen == sum(parts.values())
        opened = {part.key: measured(part.figure_id).n for part in rural.parts if part.key in ("standard", "mix")}
        assert opened == {key: parts[key] for key in opened}


def test_a_price_supplement_and_back_pay_do_not_hide_a_month_that_never_came(year_of_all: None) -> None:
    run, day = sent(SEPTEMBER), date(2024, 9, 8)
    told = [
        came_back(one, "账户已销户") if one.e2e == "202409-A1-R-0-1" else one
        for one in read_results(write_result(sendings(run.pk), day, {}))
    ]
    take_return(run.pk, render_results(told), on=day, at=at(day))

    missed = [row for row in rows("missed_pay") if row[2] <= "2024-09"]
    assert [(row[0], row[2]) for row in missed if row[6] == "0"] == [("A1", "2024-09")]
    assert ratio("paid_in_full") == (5, 6)
