"""任何次序: ordered, suspended, lifted, lowered, claimed, given back, set off and waived as chance has it.

No month is ever paid twice, nothing is lost, and every receivable is its count less what was given back, set off and
waived; a small model beside the county says what must come out.
"""

import os
from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from opendibao.audit.session import acting
from opendibao.kernel.duties import EVERY_DUTY
from opendibao.kernel.month import add_months
from opendibao.payment.claiming import approve_claim, ask_claim
from opendibao.payment.ledger import verify
from opendibao.payment.models import Attempt, Offset, PayLine, PayOrder, Receivable, Suspension
from opendibao.payment.ordering import approve_orders, order_payment, order_supplement
from opendibao.payment.refusal import PaymentRefused
from opendibao.payment.repaying import agree_way, approve_waiver, ask_waiver, balance_of, enter_cash_return
from opendibao.payment.suspending import approve_suspension, ask_suspension, lift_suspension
from tests.payment.builders import Family, at, family
from tests.payment.months import JANUARY, paid

EXAMPLES = int(os.environ.get("OPENDIBAO_EXAMPLES", "6"))
STEPS = (
    "pay", "pay", "suspend", "lift", "order", "price", "approve", "lower", "stop", "claim", "cash", "set_off", "waive",
)  # fmt: skip
WALK = st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 2), st.integers(1, 100)), min_size=8, max_size=16)
reached: Counter[str] = Counter()


class County:
    """Three families, and what a careful clerk with a pencil knows of them."""

    def __init__(self) -> None:
        self.families = [family(number, fen=fen) for number, fen in (("A1", 62000), ("B1", 31550), ("C1", 90001))]
        family("Z1")  # somebody is always paid
        self.granted: list[list[tuple[date, int]]] = [[(JANUARY, one.fen)] for one in self.families]
        self.suspended: dict[int, date] = {}
        self.given_back: Counter[int] = Counter()
        self.let_off: Counter[int] = Counter()
        self.receipts = 0
        self.month, self.today = JANUARY, date(2024, 1, 1)
        self.pay(0, 1)

    def due(self, who: int, month: date) -> int:
        return next(fen for since, fen in reversed(self.granted[who]) if since <= month)

    def pay(self, who: int, part: int) -> None:
        run = paid(self.month)
        for one, since in self.suspended.items():
            assert (
                self.month < since or not PayLine.objects.filter(run=run, household=self.home(one).household).exists()
            )
        self.today, self.month = self.month.replace(day=9), add_months(self.month, 1)

    def home(self, who: int) -> Family:
        return self.families[who]

    def suspend(self, who: int, part: int) -> None:
        home = self.home(who).household
        made = ask_suspension(home.pk, first_month=self.month, cause="核查", on=self.today, at=at(self.today))
        with acting("李复核", "360429", EVERY_DUTY):
            approve_suspension(made.pk, on=self.today, at=at(self.today))
        self.suspended[who] = self.month

    def lift(self, who: int, part: int) -> None:
        found = Suspension.objects.filter(household=self.home(who).household, until_month=None).first()
        if found:
            with acting("王五", "360429", EVERY_DUTY):
                lift_suspension(found.pk, note="查明", on=self.today, at=at(self.today))
            del self.suspended[who]

    def order(self, who: int, part: int) -> None:
        month = add_months(JANUARY, part % 6)
        order_supplement(self.home(who).household.pk, month=month, cause="漏发", on=self.today, at=at(self.today))

    def price(self, who: int, part: int) -> None:
        home = self.home(who).household
        decision = home.decisions.exclude(kind="stop").order_by("-decided_on")[0]
        order_payment(
            home.pk, month=add_months(self.month, -1), kind="price", amount_fen=part, cause="物价上涨",
            decision_id=decision.pk, on=self.today, at=at(self.today),
        )  # fmt: skip

    def approve(self, who: int, part: int) -> None:
        waiting = list(PayOrder.objects.filter(outcome="").values_list("pk", flat=True))
        if waiting:
            with acting("李复核", "360429", EVERY_DUTY):
                approve_orders(waiting, on=self.today, at=at(self.today))

    def _decide(self, who: int, kind: str, fen: int) -> None:
        if self.granted[who][-1][1] == 0 or self.granted[who][-1][0] >= self.month:
            raise PaymentRefused("已停发或者本月已有决定")
        first = None if kind == "stop" else self.month
        self.home(who).decide(kind, self.today, fen=fen, first_month=first)
        self.granted[who].append((self.month, fen))

    def lower(self, who: int, part: int) -> None:
        self._decide(who, "reduce", self.granted[who][-1][1] * part // 101 + 1)

    def stop(self, who: int, part: int) -> None:
        self._decide(who, "stop", 0)

    def claim(self, who: int, part: int) -> None:
        home = self.home(who).household
        decision = home.decisions.order_by("-decided_on", "-pk")[0]
        made = ask_claim(
            home.pk, decision_id=decision.pk, since_month=add_months(JANUARY, part % 3), cause="late", words="晚报",
            on=self.today, at=at(self.today),
        )  # fmt: skip
        with acting("李复核", "360429", EVERY_DUTY):
            approve_claim(made.pk, on=self.today, at=at(self.today))

    def _claimed(self, who: int) -> Receivable:
        found = Receivable.objects.filter(household=self.home(who).household).order_by("-pk").first()
        if found is None:
            raise PaymentRefused("没有追缴")
        return found

    def cash(self, who: int, part: int) -> None:
        found = self._claimed(who)
        fen = max(1, balance_of(found.pk) * part // 100)
        self.receipts += 1
        enter_cash_return(found.pk, fen=fen, receipt=f"收{self.receipts}", on=self.today, at=at(self.today))
        self.given_back[found.pk] += fen

    def set_off(self, who: int, part: int) -> None:
        monthly = part * 50 if part % 2 else None
        agree_way(self._claimed(who).pk, way="offset", monthly_fen=monthly, on=self.today, at=at(self.today))

    def waive(self, who: int, part: int) -> None:
        made = ask_waiver(self._claimed(who).pk, cause="重病", on=self.today, at=at(self.today))
        with acting("王财政", "360429", EVERY_DUTY):
            approve_waiver(made.pk, on=self.today, at=at(self.today))
        self.let_off[made.receivable_id] += made.fen

    def holds(self) -> None:
        """What must be so after every step."""
        owed = PayLine.objects.exclude(kind="price").values_list("household", "month")
        for home, month, fen in owed.annotate(fen=Sum("amount_fen")):
            who = next((n for n, one in enumerate(self.families) if one.household.pk == home), None)
            assert who is None or fen <= self.due(who, month), (who, month)
        for one in Receivable.objects.filter(outcome="approved"):
            set_off = Offset.objects.filter(receivable=one).aggregate(fen=Sum("fen"))["fen"] or 0
            left = one.amount_fen - self.given_back[one.pk] - set_off - self.let_off[one.pk]
            assert balance_of(one.pk) == left >= 0
        for attempt in Attempt.objects.select_related("line__offset").exclude(line__offset=None):
            assert attempt.amount_fen == attempt.line.amount_fen - attempt.line.offset.fen > 0

    def nothing_is_lost(self) -> None:
        """Lifted, ordered, approved and paid once more, every family has what its decisions granted, and no more."""
        for who in range(len(self.families)):
            self.lift(who, 0)
        self.approve(0, 0)
        self.pay(0, 0)
        claimed = set(Receivable.objects.values_list("household", "months__month"))
        for who, one in enumerate(self.families):
            month = JANUARY
            while month < self.month:
                lines = PayLine.objects.filter(household=one.household, month=month).exclude(kind="price")
                got = lines.aggregate(fen=Sum("amount_fen"))["fen"] or 0
                assert got == self.due(who, month) or (one.household.pk, month) in claimed, (who, month)
                month = add_months(month, 1)
        assert verify().fault == ""


@pytest.mark.usefixtures("county")
@settings(max_examples=EXAMPLES, deadline=None, database=None, print_blob=True, suppress_health_check=list(HealthCheck))
@given(walk=WALK)
def test_no_month_is_paid_twice_and_every_receivable_is_told_to_the_fen(walk: list[tuple[str, int, int]]) -> None:
    with transaction.atomic():
        county = County()
        for step, who, part in walk:
            county.today += timedelta(1)
            try:
                with transaction.atomic():
                    getattr(county, step)(who, part)
                reached[step] += 1
            except PaymentRefused:
                reached[f"{step} refused"] += 1
            county.holds()
        county.nothing_is_lost()
        transaction.set_rollback(True)
    if os.environ.get("OPENDIBAO_EXAMPLES"):
        print(dict(sorted(reached.items())))
