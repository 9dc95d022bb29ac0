"""提标补差: what was paid short since the standard's month, to the fen; once, for whom it is owed, by two officers."""

from datetime import date

import pytest
from django.db import connection

from opendibao.audit.session import acting
from opendibao.decision.models import Decision, Uprating
from opendibao.decision.refusal import DecisionRefused
from opendibao.decision.uprating_queries import uprating
from opendibao.intake.models import Case
from opendibao.kernel.duties import EVERY_DUTY
from opendibao.payment.back_pay import back_pay, back_pay_rows, months_to_come
from opendibao.payment.ledger import verify
from opendibao.payment.models import PayLine, PayOrder
from opendibao.payment.order_batches import back_pay_orders, fen_of
from opendibao.payment.ordering import approve_orders, order_payment, refuse_orders
from opendibao.payment.queries import equation, equation_rows
from opendibao.payment.refusal import PaymentRefused
from opendibao.payment.suspending import approve_suspension, ask_suspension, lift_suspension
from opendibao.verification.models import Survey
from tests.decision import uprated
from tests.decision.builders import AMOUNT, Facts, family, with_baby
from tests.decision.uprated import JULY, RAISED
from tests.payment.builders import Family, at, opening_act
from tests.payment.months import checked, computed, paid, sent
from tests.rulemaking.builders import scheduled

AUGUST, SEPTEMBER, OCTOBER = date(2024, 8, 1), date(2024, 9, 1), date(2024, 10, 1)
APPROVED, ORDERED = date(2024, 8, 20), date(2024, 9, 2)
SHORT = RAISED - AMOUNT
pytestmark = pytest.mark.usefixtures("county")


def home(number: str, *, fen: int = AMOUNT, persons: int = 3, facts: Facts | None = None) -> Decision:
    """A family of the opening with its facts, its account and what the rules gave it at 740."""
    made = Family(number, persons=persons).enter()
    return Decision.objects.create(
        number=f"旧{number}", household=made.household, opening_act=opening_act(), division=made.division, area="rural",
        kind="legacy", cause="opening", outcome="dibao", decided_on=date(2024, 1, 2), maker="甲签", approver="乙签",
        persons=persons, amount_fen=fen, facts=facts or family(), rule_set="r1", first_month=date(2024, 1, 1),
    )  # fmt: skip


def looked_at_again(former: Decision, facts: Facts, fen: int, persons: int, on: date) -> Decision:
    """A re-verification finds these facts and grants so much from the month after on."""
    case = Case.objects.create(
        number=f"复{former.number}", kind="review", household=former.household, division=former.division, area="rural",
        state="kept", channel="review", applied_on=on, accepted_on=on,
    )  # fmt: skip
    Survey.objects.create(
        case=case, division=former.division, surveyed_on=on, first_surveyor="甲访", second_surveyor="乙访",
        respondent="某", is_signed=True, found=facts,
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('decision_decision', 'id'))")
        (pk,) = cursor.fetchone()
    former.ended_on, former.last_month, former.ended_by_id = on, on.replace(day=1), pk
    former.save(update_fields=["ended_on", "last_month", "ended_by"])
    return Decision.objects.create(
        pk=pk, number=f"新{former.number}", household=former.household, case=case, division=former.division,
        area="rural", kind="increase", cause="members", outcome="dibao", decided_on=on, maker="甲签", approver="乙签",
        persons=persons, amount_fen=fen, facts=facts, rule_set="r1",
        first_month=date(on.year, on.month + 1, 1),
    )  # fmt: skip


def approve(ids: list[int], on: date = ORDERED) -> None:
    """Another officer approves what was ordered."""
    with acting("郑审批", "360429", EVERY_DUTY):
        approve_orders(ids, on=on, at=at(on))


def open_months(made: Uprating) -> list[tuple[str, date, int]]:
    """What may be ordered now."""
    return [(row.household, row.month, row.left_fen) for row in back_pay_rows(made.pk) if row.is_open]


@pytest.fixture
def late() -> Uprating:
    """July and August were paid at the old amount; the uprating is approved in August, its decisions pay September."""
    home("A1"), home("B1")
    scheduled()
    paid(JULY)
    paid(AUGUST)
    return uprated.approved(APPROVED)


def test_each_month_paid_at_the_old_amount_is_ordered_once(late: Uprating) -> None:
    ids = back_pay(late.pk, on=ORDERED, at=at(ORDERED))

    orders = PayOrder.objects.filter(pk__in=ids).order_by("month", "household__number")
    assert [(o.household.number, o.month, o.amount_fen) for o in orders] == [
        ("A1", JULY, SHORT), ("B1", JULY, SHORT), ("A1", AUGUST, SHORT), ("B1", AUGUST, SHORT),
    ]  # fmt: skip
    assert {(o.kind, o.outcome, o.decision.uprating_id) for o in orders} == {("backpay", "", late.pk)}
    assert {o.cause for o in orders} == {"2024-07起提标，2024-08-20批准，补发少发的差额"}
    with pytest.raises(PaymentRefused, match="或者都已经提出"):
        back_pay(late.pk, on=ORDERED, at=at(ORDERED))


def test_approved_by_another_it_goes_into_the_next_run(late: Uprating) -> None:
    ids = back_pay(late.pk, on=ORDERED, at=at(ORDERED))
    with acting("郑审批", "360429", EVERY_DUTY):
        approve_orders(ids, on=ORDERED, at=at(ORDERED))
    run = computed(SEPTEMBER, ORDERED)

    lines = PayLine.objects.filter(run=run, household__number="A1").order_by("kind", "month")
    assert [(one.kind, one.month, one.amount_fen) for one in lines] == [
        ("backpay", JULY, SHORT), ("backpay", AUGUST, SHORT), ("regular", SEPTEMBER, RAISED),
    ]  # fmt: skip
    terms = {term.key: (term.households, term.fen) for term in equation(SEPTEMBER).terms if term.households}
    assert terms["uprated"] == (2, 2 * SHORT)
    assert equation(SEPTEMBER).holds


def test_a_month_that_is_not_sent_yet_is_ordered_later() -> None:
    home("A1")
    scheduled()
    computed(JULY)
    made = uprated.approved(date(2024, 7, 5))
    assert [(row.month, row.reason) for row in back_pay_rows(made.pk)] == [(JULY, "early")]
    with pytest.raises(PaymentRefused, match="没有要补差的月份"):
        back_pay(made.pk, on=date(2024, 7, 6), at=at(date(2024, 7, 6)))


class TestWhoHasLeft:
    """The family's decision ended in July; the uprating came in August; its July was paid at the old amount."""

    @pytest.fixture
    def gone(self) -> Decision:
        gone = home("A1")
        scheduled()
        paid(JULY)
        Decision.objects.filter(pk=gone.pk).update(ended_on=date(2024, 7, 20), last_month=JULY)
        return gone

    def test_its_month_is_ordered_by_the_decision_that_paid_it(self, gone: Decision) -> None:
        home("B1")
        made = uprated.approved(date(2024, 8, 5))
        ids = back_pay(made.pk, on=ORDERED, at=at(ORDERED))

        order = PayOrder.objects.get(pk__in=ids)
        assert (order.household_id, order.month, order.amount_fen) == (gone.household_id, JULY, SHORT)
        assert (order.decision_id, order.kind) == (gone.pk, "backpay")

    def test_it_is_paid_though_no_decision_is_in_force(self, gone: Decision) -> None:
        home("B1")
        made = uprated.approved(date(2024, 8, 5))
        paid(AUGUST)
        approve(back_pay(made.pk, on=ORDERED, at=at(ORDERED)))
        paid(SEPTEMBER)

        line = PayLine.objects.get(household=gone.household_id, kind="backpay")
        assert (line.month, line.amount_fen, line.run.month) == (JULY, SHORT, SEPTEMBER)
        assert [each.state for each in line.attempts.all()] == ["paid"]
        assert verify().fault == ""
        assert open_months(made) == []

    def test_no_more_is_ordered_than_the_uprating_grants(self, gone: Decision) -> None:
        home("B1")
        uprated.approved(date(2024, 8, 5))
        with pytest.raises(PaymentRefused, match="一个月的钱不发两次"):
            order_payment(
                gone.household_id, month=JULY, kind="backpay", amount_fen=SHORT + 1, cause="多算一分",
                decision_id=gone.pk, on=ORDERED, at=at(ORDERED),
            )  # fmt: skip


def test_whose_facts_are_not_known_is_listed_with_the_reason() -> None:
    gone = home("A1", facts={"lacks": ["收入"], "area": "rural"})
    home("B1")
    scheduled()
    paid(JULY)
    Decision.objects.filter(pk=gone.pk).update(ended_on=date(2024, 7, 20), last_month=JULY)
    made = uprated.approved(date(2024, 7, 25))

    told = [(row.household, row.fen, row.reason) for row in back_pay_rows(made.pk)]
    assert told == [("A1", 0, "unclear"), ("B1", SHORT, "")]
    assert len(back_pay(made.pk, on=ORDERED, at=at(ORDERED))) == 1


@pytest.mark.parametrize(
    ("facts", "fen", "persons", "part"),
    [
        (family(), RAISED, 3, SHORT),
        # with the baby 2,192 at 740 and 2,360 at 780: the baby's money begins with its decision, the standard's in July
        (with_baby(), 236_000, 4, 16_800),
        # it was paid 24 yuan less than its new decision grants: no more than that
        (family(), AMOUNT + 2_400, 3, 2_400),
    ],
)
def test_who_was_sent_to_review_is_owed_what_the_standard_makes_of_the_facts_found(
    facts: Facts, fen: int, persons: int, part: int
) -> None:
    former = home("A1", persons=2)  # the rules count three: no batch decides it
    scheduled()
    paid(JULY)
    made = uprated.approved(date(2024, 7, 20))
    assert [(row.household, row.fen, row.reason) for row in back_pay_rows(made.pk)] == [("A1", 0, "review")]
    paid(AUGUST)
    new = looked_at_again(former, facts, fen, persons, date(2024, 8, 20))

    assert open_months(made) == [("A1", JULY, part), ("A1", AUGUST, part)]
    ids = back_pay(made.pk, on=ORDERED, at=at(ORDERED))
    assert set(PayOrder.objects.filter(pk__in=ids).values_list("decision", flat=True)) == {new.pk}
    approve(ids)
    computed(SEPTEMBER, ORDERED)
    assert verify().fault == ""


def test_a_month_that_was_suspended_and_paid_later_is_ordered_too() -> None:
    one = home("A1")
    home("B1")
    scheduled()
    day = date(2024, 6, 20)
    suspension = ask_suspension(one.household_id, first_month=JULY, cause="正在核查收入", on=day, at=at(day))
    with acting("李复核", "360429", EVERY_DUTY):
        approve_suspension(suspension.pk, on=day, at=at(day))
    paid(JULY)
    with acting("王五", "360429", EVERY_DUTY):
        lifted = lift_suspension(suspension.pk, note="查明没有问题", on=date(2024, 7, 25), at=at(date(2024, 7, 25)))
    approve(lifted, date(2024, 7, 26))
    made = uprated.approved(date(2024, 7, 27))
    paid(AUGUST)

    assert open_months(made) == [("A1", JULY, SHORT), ("B1", JULY, SHORT)]
    assert PayLine.objects.filter(household=one.household_id).order_by("month").values_list("kind", flat=True)[0] == (
        "supplement"
    )
    approve(back_pay(made.pk, on=ORDERED, at=at(ORDERED)))
    paid(SEPTEMBER)
    assert verify().fault == ""


def test_two_standards_that_came_late_pay_each_month_once() -> None:
    """780 from July and 800 from August, both approved in September: 1,378, 1,502 and 1,564 a month.

    At 800: (800 × 3 × 12 − 11,000) / 12 = 1,483.33 → 1,484, and 80 for the child.
    """
    home("A1")
    scheduled()
    scheduled(since=AUGUST, value=80_000)
    paid(JULY)
    paid(AUGUST)
    paid(SEPTEMBER)
    first = uprated.approved(date(2024, 9, 12))
    second = uprated.approved(date(2024, 9, 13), month=AUGUST)

    # August and September: 62 yuan a month that the first does not pay are the second's
    assert open_months(first) == [("A1", JULY, SHORT), ("A1", AUGUST, SHORT), ("A1", SEPTEMBER, SHORT)]
    assert open_months(second) == [("A1", AUGUST, 18_600), ("A1", SEPTEMBER, 18_600)]
    day = date(2024, 9, 14)
    ids = back_pay(first.pk, on=day, at=at(day))
    assert open_months(second) == [("A1", AUGUST, 6_200), ("A1", SEPTEMBER, 6_200)]
    ids += back_pay(second.pk, on=day, at=at(day))
    assert sum(PayOrder.objects.filter(pk__in=ids).values_list("amount_fen", flat=True)) == 3 * SHORT + 2 * 6_200
    approve(ids, day)
    computed(OCTOBER, date(2024, 10, 3))
    assert verify().fault == ""


def test_a_month_whose_list_is_not_frozen_is_told_of() -> None:
    home("A1")
    scheduled()
    made = uprated.approved(date(2024, 7, 2))  # its decisions pay August; July's list will still be the old one
    row = uprating(made.pk)
    assert row is not None
    assert months_to_come(row) == [JULY]
    paid(JULY)
    assert months_to_come(row) == []
    assert open_months(made) == [("A1", JULY, SHORT)]


def test_orders_of_an_uprating_are_one_batch(late: Uprating) -> None:
    ids = back_pay(late.pk, on=ORDERED, at=at(ORDERED))
    batch = back_pay_orders(late.pk, JULY)
    assert (len(batch.waiting), fen_of(batch.waiting), len(batch.makers)) == (4, 4 * SHORT, 1)
    approve(ids[:2])
    with acting("郑审批", "360429", EVERY_DUTY):
        refuse_orders(ids[2:], note="账户要先核实", on=ORDERED, at=at(ORDERED))
    run = computed(SEPTEMBER, ORDERED)
    batch = back_pay_orders(late.pk, JULY)
    assert (len(batch.listed), len(batch.of("refused")), len(batch.waiting), run.lines_count) == (2, 2, 0, 4)
    assert len(open_months(late)) == 2  # what was refused may be ordered anew


def test_the_month_equation_opens_exactly_the_uprated_families(late: Uprating) -> None:
    """780 raises A1 and B1; U1 is urban and stays, N1 enters with the same month."""
    Family("U1", area="urban", fen=50_000).enter().decide("increase", APPROVED, fen=50_000, first_month=SEPTEMBER)
    run = computed(SEPTEMBER, ORDERED)

    told = equation(SEPTEMBER)
    terms = {term.key: (term.households, term.fen) for term in told.terms if term.households}
    assert terms == {"uprated": (2, 2 * SHORT), "new": (1, 50_000)}
    assert (told.before_fen, told.fen) == (2 * AMOUNT, 2 * RAISED + 50_000)
    assert told.holds
    rows = equation_rows(SEPTEMBER, "uprated")
    assert [(row.household, row.was_fen, row.now_fen) for row in rows] == [
        ("A1", AMOUNT, RAISED), ("B1", AMOUNT, RAISED),
    ]  # fmt: skip
    assert sum(PayLine.objects.filter(run=run, kind="regular").values_list("amount_fen", flat=True)) == told.fen


def test_in_time_nothing_is_owed() -> None:
    home("A1")
    scheduled()
    made = uprated.approved(date(2024, 6, 20))
    sent(JULY)

    assert back_pay_rows(made.pk) == []
    with pytest.raises(PaymentRefused, match="没有要补差的月份"):
        back_pay(made.pk, on=date(2024, 7, 9), at=at(date(2024, 7, 9)))


def test_a_list_that_was_checked_is_not_contradicted() -> None:
    """July's list was checked before the uprating of 28 June: it is sent back first, or July is made up for later."""
    home("A1")
    scheduled()
    day = date(2024, 6, 28)
    checked(JULY, day)
    with pytest.raises(DecisionRefused, match="2024-07的名册已经复核，请退回发放经办后再批准"):
        uprated.approved(day)
    assert Decision.objects.count() == 1


def test_only_an_approved_uprating_is_paid_for() -> None:
    home("A1")
    scheduled()
    made = uprated.prepared(date(2024, 6, 20))
    with pytest.raises(PaymentRefused, match="没有批准的这次提标"):
        back_pay(made.pk, on=ORDERED, at=at(ORDERED))
