"""发放办理: everything that moves money, in the order in which it is done."""

from opendibao.payment.closing import close_run, look_over
from opendibao.payment.comparing import compare_money
from opendibao.payment.confirming import confirm_township
from opendibao.payment.exceptions import decide_exceptions, find_absent
from opendibao.payment.holds import cancel_hold, release_hold
from opendibao.payment.pay_run import approve_run, check_run, compute_run, recompute_run, return_run
from opendibao.payment.prechecks import look_again, settle_finding, settle_findings, sign_checks
from opendibao.payment.receiving import Taken, take_return
from opendibao.payment.sending import reissue, send_run, sendings
from opendibao.payment.statements import take_statement
from opendibao.payment.vouchers import enter_voucher

__all__ = [
    "Taken",
    "approve_run",
    "cancel_hold",
    "check_run",
    "close_run",
    "compare_money",
    "compute_run",
    "confirm_township",
    "decide_exceptions",
    "enter_voucher",
    "find_absent",
    "look_again",
    "look_over",
    "recompute_run",
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
