"""发放办理: everything that moves money, in the order in which it is done."""

from opendibao.payment.pay_run import approve_run, check_run, close_run, compute_run
from opendibao.payment.receiving import Taken, take_return
from opendibao.payment.sending import reissue, send_run, sendings

__all__ = [
    "Taken",
    "approve_run",
    "check_run",
    "close_run",
    "compute_run",
    "reissue",
    "send_run",
    "sendings",
    "take_return",
]
