"""变动的承诺: what the tables of orders, suspensions and recovery refuse by name, past every action and every wall."""

from datetime import date

import pytest

from tests.faults.promises import Broken
from tests.payment.test_money_constraints import enter_past_the_walls, name_of_the_refusal

pytestmark = pytest.mark.django_db
DAY, JANUARY, FEBRUARY, SECOND = date(2024, 1, 5), date(2024, 1, 1), date(2024, 2, 1), date(2024, 1, 2)
OPEN = {"outcome": "", "settled_by": "", "settled_on": None, "note": ""}
BY_OTHER = {"outcome": "approved", "settled_by": "乙", "settled_on": DAY}
ORDER = {"household": 1, "month": JANUARY, "kind": "supplement", "supplement_no": 1, "amount_fen": 5, "cause": "晚到",
         "made_by": "甲", **OPEN}  # fmt: skip
NEXT = {"supplement_no": 2}
SUSPENDED = {"household": 1, "first_month": JANUARY, "until_month": None, "cause": "核查", "made_by": "甲",
             "lifted_by": "", "lifted_on": None, "lift_note": "", **OPEN}  # fmt: skip
OTHER_HOME = {"household": 2}
LIFTED = OTHER_HOME | BY_OTHER | {
    "until_month": FEBRUARY, "lifted_by": "丙", "lifted_on": DAY, "lift_note": "查明"
}  # fmt: skip
CLAIM = {"household": 1, "since_month": JANUARY, "cause": "fraud", "words": "隐瞒", "amount_fen": 5, "made_by": "甲",
         "due_on": None, "way": "cash", "monthly_fen": None, "agreed_on": None, **OPEN}  # fmt: skip
MONTH = {"receivable": 1, "household": 1, "month": JANUARY, "paid_fen": 5, "due_fen": 0, "is_refused": False}
OFFSET = {"line": 1, "receivable": 1, "fen": 5}
CASH = {"receivable": 1, "fen": 5, "receipt": "收1", "officer": "甲"}
WAIVER = {"receivable": 1, "fen": 5, "cause": "重病", "made_by": "甲", **OPEN}
UNDECIDED = [
    {"settled_by": "乙"}, {"settled_on": DAY}, {"note": "不行"}, {"outcome": "approved", "settled_by": "乙"},
    {"outcome": "approved", "settled_on": DAY}, {"outcome": "refused", "settled_by": "乙", "settled_on": DAY},
]  # fmt: skip
OTHER_CLAIM = {"receivable": 2}
DUE = {"due_on": DAY}
LONG_BEFORE = {"until_month": date(2023, 12, 1)}
BY_ITSELF = {"outcome": "approved", "settled_by": "甲", "settled_on": DAY}

PROMISES = [
    # 应发依据
    Broken("an_order_has_its_number", "payment.PayOrder", ORDER, {}),
    Broken("order_amount_is_positive", "payment.PayOrder", ORDER, NEXT | {"amount_fen": 0}),
    Broken("order_month_is_first_day", "payment.PayOrder", ORDER, NEXT | {"month": SECOND}),
    Broken("one_price_order_a_month", "payment.PayOrder", ORDER | {"kind": "price"}, NEXT),
    Broken("an_order_says_why", "payment.PayOrder", ORDER, NEXT | {"cause": ""}),
    Broken("an_order_says_why", "payment.PayOrder", ORDER, NEXT | {"made_by": ""}),
    *[Broken("a_settled_order_says_by_whom", "payment.PayOrder", ORDER, NEXT | half) for half in UNDECIDED],
    Broken("an_order_is_settled_by_another", "payment.PayOrder", ORDER, NEXT | BY_ITSELF),
    # 暂停
    Broken("one_open_suspension", "payment.Suspension", SUSPENDED, {"first_month": FEBRUARY}),
    Broken("suspension_months_are_first_days", "payment.Suspension", SUSPENDED, OTHER_HOME | {"first_month": SECOND}),
    Broken("suspension_months_are_first_days", "payment.Suspension", SUSPENDED, LIFTED | {"until_month": SECOND}),
    Broken("a_suspension_ends_after_it_begins", "payment.Suspension", SUSPENDED, LIFTED | LONG_BEFORE),
    Broken("a_suspension_says_why", "payment.Suspension", SUSPENDED, OTHER_HOME | {"cause": ""}),
    Broken("a_suspension_says_why", "payment.Suspension", SUSPENDED, OTHER_HOME | {"made_by": ""}),
    *[
        Broken("a_settled_suspension_says_by_whom", "payment.Suspension", SUSPENDED, OTHER_HOME | half)
        for half in UNDECIDED
    ],
    Broken("a_suspension_is_settled_by_another", "payment.Suspension", SUSPENDED, OTHER_HOME | BY_ITSELF),
    *[
        Broken("a_lifted_suspension_says_by_whom", "payment.Suspension", SUSPENDED, LIFTED | half)
        for half in ({"lifted_by": ""}, {"lifted_on": None}, {"lift_note": ""}, {"until_month": None}, OPEN)
    ],
    Broken("a_suspension_is_lifted_by_another", "payment.Suspension", SUSPENDED, LIFTED | {"lifted_by": "甲"}),
    # 追缴
    Broken("receivable_amount_is_positive", "payment.Receivable", CLAIM, {"amount_fen": 0}),
    Broken("receivable_month_is_first_day", "payment.Receivable", CLAIM, {"since_month": SECOND}),
    Broken("a_receivable_says_why", "payment.Receivable", CLAIM, {"words": ""}),
    Broken("a_receivable_says_why", "payment.Receivable", CLAIM, {"made_by": ""}),
    *[
        Broken("a_settled_receivable_says_by_whom", "payment.Receivable", CLAIM, half | due)
        for half in UNDECIDED
        for due in [DUE if half.get("outcome") == "approved" else {}]
    ],
    Broken("a_receivable_is_settled_by_another", "payment.Receivable", CLAIM, BY_ITSELF | {"due_on": DAY}),
    Broken("an_approved_receivable_has_a_due_day", "payment.Receivable", CLAIM, BY_OTHER),
    Broken("an_approved_receivable_has_a_due_day", "payment.Receivable", CLAIM, {"due_on": DAY}),
    Broken("an_agreement_has_its_day", "payment.Receivable", CLAIM, {"monthly_fen": 5}),
    Broken("an_agreement_has_its_day", "payment.Receivable", CLAIM, {"way": "offset"}),
    Broken("an_agreement_has_its_day", "payment.Receivable", CLAIM, {"agreed_on": DAY, "monthly_fen": 0}),
    Broken("a_month_is_claimed_once", "payment.ReceivableMonth", MONTH, {"receivable": 2}),
    Broken("more_was_paid_than_due", "payment.ReceivableMonth", MONTH, {"month": FEBRUARY, "due_fen": 5}),
    Broken("more_was_paid_than_due", "payment.ReceivableMonth", MONTH, {"month": FEBRUARY, "due_fen": -1}),
    Broken("payment_offset_line_id_key", "payment.Offset", OFFSET, {"receivable": 2}),
    Broken("offset_is_positive", "payment.Offset", OFFSET, {"line": 2, "fen": 0}),
    Broken("payment_cashreturn_receipt_key", "payment.CashReturn", CASH, {"receivable": 2}),
    Broken("cash_return_is_positive", "payment.CashReturn", CASH, {"receipt": "收2", "fen": 0}),
    Broken("cash_return_has_a_receipt", "payment.CashReturn", CASH, {"receipt": ""}),
    Broken("cash_return_has_a_receipt", "payment.CashReturn", CASH, {"receipt": "收2", "officer": ""}),
    # 减免
    Broken("one_open_waiver", "payment.Waiver", WAIVER, {}),
    Broken("waiver_is_positive", "payment.Waiver", WAIVER, {"receivable": 2, "fen": 0}),
    Broken("a_waiver_says_why", "payment.Waiver", WAIVER, {"receivable": 2, "cause": ""}),
    Broken("a_waiver_says_why", "payment.Waiver", WAIVER, {"receivable": 2, "made_by": ""}),
    *[Broken("a_settled_waiver_says_by_whom", "payment.Waiver", WAIVER, OTHER_CLAIM | half) for half in UNDECIDED],
    Broken("a_waiver_is_settled_by_another", "payment.Waiver", WAIVER, {"receivable": 2} | BY_ITSELF),
]


@pytest.mark.parametrize("promise", PROMISES, ids=lambda p: p.constraint)
def test_the_database_itself_keeps_the_promise(promise: Broken) -> None:
    assert name_of_the_refusal(promise.model, promise.keeps, promise.keeps | promise.breaks) == promise.constraint


def test_the_row_that_keeps_every_promise_is_accepted() -> None:
    for promise in PROMISES:
        enter_past_the_walls(promise.model, promise.keeps)


def test_what_is_settled_whole_is_accepted() -> None:
    enter_past_the_walls("payment.PayOrder", ORDER, ORDER | NEXT | BY_OTHER)
    enter_past_the_walls("payment.Suspension", SUSPENDED, SUSPENDED | LIFTED)
    refused = {"outcome": "refused", "settled_by": "乙", "settled_on": DAY, "note": "没有依据"}
    enter_past_the_walls("payment.Suspension", SUSPENDED, SUSPENDED | refused)
    enter_past_the_walls(
        "payment.Receivable", CLAIM,
        CLAIM | BY_OTHER | {"due_on": DAY, "way": "offset", "monthly_fen": 1, "agreed_on": DAY},
    )  # fmt: skip
    enter_past_the_walls("payment.ReceivableMonth", MONTH | {"is_refused": True}, MONTH)
    enter_past_the_walls("payment.Waiver", WAIVER | BY_OTHER, WAIVER)
