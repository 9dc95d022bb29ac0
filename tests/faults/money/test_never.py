"""问得出来: each thing that must never be, done past every wall, is named by the question that the walks ask."""

from datetime import date

import pytest
from django.db import connection, transaction

from opendibao.audit.session import acting
from opendibao.decision.uprating import approve_uprating, prepare_uprating
from opendibao.kernel.duties import EVERY_DUTY
from opendibao.payment import actions as pay
from opendibao.payment.back_pay import back_pay
from tests.faults.money.county import new_standard, tilling
from tests.faults.money.never import broken, unkept
from tests.payment.builders import at, family
from tests.payment.months import JANUARY, paid

FEBRUARY, MARCH = date(2024, 2, 1), date(2024, 3, 1)
DAY, LATER = date(2024, 1, 20), date(2024, 2, 20)
TABLES = (
    "payment_payorder", "payment_payline", "payment_suspension", "payment_receivable", "payment_receivablemonth",
    "payment_cashreturn", "payment_waiver", "payment_offset", "decision_decision", "decision_uprating",
    "decision_outboxevent",
)  # fmt: skip
NEVER = {
    "J1": "UPDATE payment_payorder SET amount_fen = amount_fen - 1 WHERE kind = 'backpay'",
    "J2": "UPDATE payment_payorder SET outcome = 'refused', note = '不符' WHERE kind = 'supplement'",
    "J3": "UPDATE payment_payline SET month = '2024-01-01' WHERE kind = 'backpay'",
    "J4": "UPDATE payment_suspension SET first_month = '2024-01-01'",
    "J5": "UPDATE payment_cashreturn SET fen = fen + 1",
    "J6": """
INSERT INTO payment_receivablemonth (receivable_id, household_id, division, month, paid_fen, due_fen, is_refused)
SELECT receivable_id, household_id, division, month, paid_fen, due_fen, is_refused FROM payment_receivablemonth""",
    "J7": "UPDATE payment_receivablemonth SET paid_fen = paid_fen + 1, due_fen = due_fen + 1",
    "J8": "UPDATE payment_payorder SET settled_by = made_by",
    "J9": "UPDATE payment_offset SET fen = fen - 1",
    "J10": "UPDATE payment_offset SET fen = fen + 1",
    "J11": "DELETE FROM decision_outboxevent WHERE id = (SELECT min(id) FROM decision_outboxevent)",
}
"""By the code of the question, what somebody does who owns the tables."""
UNIQUE = (
    "ALTER TABLE payment_payorder DROP CONSTRAINT an_order_is_settled_by_another",
    "ALTER TABLE payment_payline DROP CONSTRAINT one_line_per_household_and_month",
    "DROP INDEX a_month_is_claimed_once",
)


def by_another(*acts: object) -> None:
    """Another officer settles."""
    with acting("李复核", "360429", EVERY_DUTY):
        for act in acts:
            act(on=LATER, at=at(LATER))  # type: ignore[operator]


def everything() -> None:
    """Two months and what stands beside them: a claim in part given back and set off, a supplement, back-pay."""
    lowered, missed = family("A1"), family("B1", fen=31_550)
    tilling("R1", 6)
    new_standard(JANUARY)
    paid(JANUARY)
    lowered.decide("reduce", DAY, fen=30_000, first_month=FEBRUARY)
    decision = lowered.household.decisions.get(kind="reduce").pk
    claim = pay.ask_claim(
        lowered.household.pk, decision_id=decision, since_month=JANUARY, cause="late", words="晚报", on=DAY, at=at(DAY)
    )
    halt = pay.ask_suspension(missed.household.pk, first_month=FEBRUARY, cause="核查", on=DAY, at=at(DAY))
    by_another(lambda **when: pay.approve_claim(claim.pk, **when))
    by_another(lambda **when: pay.approve_suspension(halt.pk, **when))
    pay.agree_way(claim.pk, way="offset", on=LATER, at=at(LATER))
    pay.enter_cash_return(claim.pk, fen=1_000, receipt="收1", on=LATER, at=at(LATER))
    raised = prepare_uprating(JANUARY, on=DAY, at=at(DAY))
    paid(FEBRUARY)
    by_another(lambda **when: approve_uprating(raised.pk, **when))
    orders = back_pay(raised.pk, on=LATER, at=at(LATER))
    with acting("王五", "360429", EVERY_DUTY):
        orders += pay.lift_suspension(halt.pk, note="查明", on=LATER, at=at(LATER))
    by_another(lambda **when: pay.approve_orders(orders, **when))
    paid(MARCH)


@pytest.mark.usefixtures("county")
def test_every_question_about_what_stands_beside_the_list_has_its_answer() -> None:
    everything()
    assert (broken(), unkept()) == ([], [])

    with connection.cursor() as owner:
        owner.execute("RESET ROLE")
        owner.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for sql in (*(f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in TABLES), *UNIQUE):
            owner.execute(sql)
        for code, sql in NEVER.items():
            with transaction.atomic():
                owner.execute(sql)
                assert owner.rowcount > 0, code
                assert [what for what in broken() if what.startswith(f"{code} ")], code
                transaction.set_rollback(True)
    assert broken() == []
