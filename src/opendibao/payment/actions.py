"""发放办理: everything that moves money, in the order in which it is done."""

from opendibao.payment.claiming import approve_claim, ask_claim, refuse_claim
from opendibao.payment.closing import close_run, look_over
from opendibao.payment.comparing import compare_money
from opendibao.payment.confirming import confirm_township
from opendibao.payment.exceptions import decide_exceptions, find_absent
from opendibao.payment.holds import cancel_hold, release_hold
from opendibao.payment.ordering import (
    OrderRow,
    approve_order,
    approve_orders,
    order_payment,
    order_payments,
    order_supplement,
    refuse_orders,
)
from opendibao.payment.pay_run import approve_run, check_run, compute_run, recompute_run, return_run
from opendibao.payment.prechecks import look_again, settle_finding, settle_findings, sign_checks
from opendibao.payment.receiving import Taken, take_return
from opendibao.payment.repaying import agree_way, approve_waiver, ask_waiver, enter_cash_return, refuse_waiver
from opendibao.payment.sending import reissue, send_run, sendings
from opendibao.payment.statements import take_statement
from opendibao.payment.suspending import approve_suspension, ask_suspension, lift_suspension, refuse_suspension
from opendibao.payment.vouchers import enter_voucher

__all__ = [
    "OrderRow",
    "Taken",
    "agree_way",
    "approve_claim",
    "approve_order",
    "approve_orders",
    "approve_run",
    "approve_suspension",
    "approve_waiver",
    "ask_claim",
    "ask_suspension",
    "ask_waiver",
    "cancel_hold",
    "check_run",
    "close_run",
    "compare_money",
    "compute_run",
    "confirm_township",
    "decide_exceptions",
    "enter_cash_return",
    "enter_voucher",
    "find_absent",
    "lift_suspension",
    "look_again",
    "look_over",
    "order_payment",
    "order_payments",
    "order_supplement",
    "recompute_run",
    "refuse_claim",
    "refuse_orders",
    "refuse_suspension",
    "refuse_waiver",
    "reissue",
    "release_hold",
    "return_run",
    "send_run",
    "sendings",
    "settle_finding",
    "settle_findings",
    "sign_checks",
    "take_return",
    "take_statement",
]
