"""价格临时补贴: set off by published prices, so much a person by the standard, its own kind of money, ordered once."""

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from opendibao.audit.session import acting
from opendibao.decision.models import PriceSupplement
from opendibao.decision.price_link import Indices, price_rate
from opendibao.decision.price_queries import price_supplements
from opendibao.decision.price_supplement import (
    approve_price_supplement,
    propose_price_supplement,
    withdraw_price_supplement,
)
from opendibao.decision.refusal import DecisionRefused
from opendibao.kernel.duties import EVERY_DUTY
from opendibao.payment.models import PayLine, PayOrder
from opendibao.payment.ordering import approve_orders, refuse_orders
from opendibao.payment.price_orders import order_price_supplement, prices_left
from opendibao.payment.refusal import PaymentRefused
from tests.payment.builders import at, family
from tests.payment.months import computed

FEBRUARY, MARCH = date(2024, 2, 1), date(2024, 3, 1)
PUBLISHED, DAY = date(2024, 3, 9), date(2024, 3, 12)
SET_OFF = Indices(FEBRUARY, cpi_bp=210, food_bp=650)
PAPER: dict[str, Any] = {"source": "演示县统计公告〔2024〕2号（虚构）", "is_verified": False, "published_on": PUBLISHED}
pytestmark = pytest.mark.usefixtures("county")


def proposed(indices: Indices = SET_OFF, **more: Any) -> PriceSupplement:
    return propose_price_supplement(indices, **{**PAPER, "on": DAY, "at": at(DAY), **more})


def approved() -> PriceSupplement:
    made = proposed()
    with acting("林批准", "360429", EVERY_DUTY):
        return approve_price_supplement(made.pk, on=DAY, at=at(DAY))


class TestRate:
    def test_standard_times_rise_rounded_up_to_the_yuan(self) -> None:
        # 740 × 2.10 % = 15.54 → 16; 945 × 2.10 % = 19.845 → 20
        rate = price_rate(SET_OFF)
        assert (rate.is_set_off, rate.rural_fen, rate.urban_fen, rate.month) == (True, 1600, 2000, MARCH)

    def test_the_poor_familys_own_basket_counts_where_it_is_known(self) -> None:
        # 740 × 4 % = 29.60 → 30; 945 × 4 % = 37.80 → 38
        rate = price_rate(Indices(FEBRUARY, 210, 650, 400))
        assert (rate.rural_fen, rate.urban_fen) == (3000, 3800)

    def test_not_below_the_least(self) -> None:
        assert price_rate(Indices(FEBRUARY, 100, 650)).rural_fen == 1000  # 7.40 → 8, least 10

    def test_the_thresholds_are_those_of_the_month(self) -> None:
        assert price_rate(Indices(date(2023, 2, 1), 310, 100)).is_set_off  # 3.0 % for the winter
        assert not price_rate(Indices(date(2023, 3, 1), 310, 100)).is_set_off


class TestProposal:
    def test_what_sets_it_off_is_kept_with_the_amounts(self) -> None:
        made = proposed()
        assert (made.cpi_trigger_bp, made.food_trigger_bp, made.rise_bp) == (350, 600, 210)
        assert (made.rural_standard_fen, made.rural_fen, made.urban_fen) == (74_000, 1600, 2000)
        # twenty working days: 4–6 April are free, Sunday the 7th is not
        assert (made.month, made.due_on) == (MARCH, date(2024, 4, 8))

    def test_prices_that_rose_less_set_nothing_off(self) -> None:
        with pytest.raises(DecisionRefused, match=r"涨3\.49%、食品价格涨5\.99%，都没有达到启动条件（3\.50%、6\.00%）"):
            proposed(Indices(FEBRUARY, 349, 599))

    def test_a_rise_below_zero_gives_no_amount(self) -> None:
        with pytest.raises(DecisionRefused, match="涨幅不大于零"):
            proposed(Indices(FEBRUARY, -10, 650))

    def test_once_a_month(self) -> None:
        proposed()
        with pytest.raises(DecisionRefused, match="2024-03的价格临时补贴已由"):
            proposed()

    @pytest.mark.parametrize(
        ("more", "said"),
        [
            ({"source": " 无 "}, "四字以上"),
            ({"published_on": date(2024, 2, 29)}, "晚于2024-02月底"),
            ({"published_on": date(2024, 3, 20)}, "不晚于今天"),
            ({"indices": Indices(date(2024, 2, 2), 400, 0)}, "当月第一天"),
            ({"indices": Indices(FEBRUARY, 40_000, 0)}, "-100%到100%"),
        ],
    )
    def test_what_is_wrong_is_named(self, more: dict[str, Any], said: str) -> None:
        with pytest.raises(DecisionRefused, match=said):
            proposed(**more)

    def test_another_officer_approves(self) -> None:
        made = proposed()
        with pytest.raises(DecisionRefused, match="应由另一人批准"):
            approve_price_supplement(made.pk, on=DAY, at=at(DAY))

    def test_a_township_does_not_do_it(self) -> None:
        with acting("镇经办", "360429100", EVERY_DUTY), pytest.raises(DecisionRefused, match="乡镇不能办"):
            proposed()

    def test_withdrawn_the_month_is_free_again(self) -> None:
        made = proposed()
        withdraw_price_supplement(made.pk, reason="公告更正", on=DAY, at=at(DAY))
        with pytest.raises(DecisionRefused, match="已撤回"):
            approve_price_supplement(made.pk, on=DAY, at=at(DAY))
        proposed()
        assert [row.state for row in price_supplements()] == ["proposed", "withdrawn"]

    def test_approved_by_mistake_it_is_withdrawn_as_long_as_nothing_of_it_is_ordered(self) -> None:
        family("A1")
        made = approved()
        ids = order_price_supplement(made.pk, on=DAY, at=at(DAY))
        with pytest.raises(DecisionRefused, match="已经提出发放的价格临时补贴不能撤回"):
            withdraw_price_supplement(made.pk, reason="数填错了", on=DAY, at=at(DAY))
        with acting("郑审批", "360429", EVERY_DUTY):
            refuse_orders(ids, note="指数填错了", on=DAY, at=at(DAY))
        withdraw_price_supplement(made.pk, reason="数填错了", on=DAY, at=at(DAY))
        made.refresh_from_db()
        assert (made.state, made.approver) == ("withdrawn", "林批准")
        proposed(Indices(FEBRUARY, cpi_bp=360, food_bp=100))


class TestOrders:
    def test_persons_times_the_amount_for_all_in_force_in_the_month(self) -> None:
        family("A1", persons=3)
        family("U1", persons=2, area="urban")
        family("N1", first_month=date(2024, 4, 1))
        ids = order_price_supplement(approved().pk, on=DAY, at=at(DAY))

        orders = PayOrder.objects.filter(pk__in=ids).order_by("household__number")
        assert [(o.household.number, o.month, o.kind, o.amount_fen) for o in orders] == [
            ("A1", MARCH, "price", 4800), ("U1", MARCH, "price", 4000),
        ]  # fmt: skip

    def test_ordered_again_only_for_who_has_come_since(self) -> None:
        family("A1")
        made = approved()
        order_price_supplement(made.pk, on=DAY, at=at(DAY))
        with pytest.raises(PaymentRefused, match="或者都已经提出"):
            order_price_supplement(made.pk, on=DAY, at=at(DAY))
        assert prices_left() == []
        family("B1", persons=2)
        assert [(one.price_id, one.households) for one in prices_left()] == [(made.pk, 1)]
        assert len(order_price_supplement(made.pk, on=DAY, at=at(DAY))) == 1

    def test_it_is_paid_as_a_line_of_its_own_kind(self) -> None:
        family("A1", fen=62000, persons=3)
        ids = order_price_supplement(approved().pk, on=DAY, at=at(DAY))
        with acting("郑审批", "360429", EVERY_DUTY):
            approve_orders(ids, on=DAY, at=at(DAY))
        run = computed(MARCH, DAY)

        assert list(PayLine.objects.filter(run=run).order_by("kind").values_list("kind", "amount_fen")) == [
            ("price", 4800), ("regular", 62000),
        ]  # fmt: skip

    def test_only_an_approved_one_is_ordered(self) -> None:
        family("A1")
        with pytest.raises(PaymentRefused, match="没有批准的这次价格临时补贴"):
            order_price_supplement(proposed().pk, on=DAY, at=at(DAY))


class TestWalls:
    @pytest.mark.parametrize(
        ("name", "broken"),
        [
            ("prices_rose_enough", {"cpi_bp": 349, "food_bp": 599}),
            ("price_supplement_is_positive", {"rural_fen": 0}),
            ("price_months_are_first_days", {"month": date(2024, 3, 2)}),
            ("approved_price_says_by_whom", {"approver": "林批准"}),
            ("withdrawn_price_says_why", {"withdrawn_by": "林批准"}),
        ],
    )
    def test_the_database_itself_refuses(self, name: str, broken: dict[str, Any]) -> None:
        made = proposed()
        fields = {f.attname: getattr(made, f.attname) for f in PriceSupplement._meta.concrete_fields if f.name != "id"}
        fields |= {"index_month": date(2024, 5, 1), "month": date(2024, 6, 1)}
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            PriceSupplement.objects.create(**{**fields, **broken})

    def test_its_approver_is_another(self) -> None:
        made = proposed()
        moved = {"state": "approved", "approved_on": DAY, "approver": made.proposed_by}
        with pytest.raises(IntegrityError, match="price_approver_is_another"), transaction.atomic():
            PriceSupplement.objects.filter(pk=made.pk).update(**moved)

    def test_one_a_month(self) -> None:
        made = proposed()
        fields = {f.attname: getattr(made, f.attname) for f in PriceSupplement._meta.concrete_fields if f.name != "id"}
        with pytest.raises(IntegrityError, match="one_price_supplement_a_month"), transaction.atomic():
            PriceSupplement.objects.create(**fields)

    def test_what_was_proposed_is_not_rewritten(self) -> None:
        made = proposed()
        with pytest.raises(IntegrityError, match="不能改写"), transaction.atomic():
            PriceSupplement.objects.filter(pk=made.pk).update(rural_fen=9900)
        with pytest.raises(DatabaseError), transaction.atomic():
            PriceSupplement.objects.filter(pk=made.pk).delete()
        fields = {f.attname: getattr(made, f.attname) for f in PriceSupplement._meta.concrete_fields}
        with pytest.raises(IntegrityError, match="从提出开始"), transaction.atomic():
            PriceSupplement.objects.create(**{**fields, "id": None, "state": "withdrawn"})
