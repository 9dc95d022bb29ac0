"""发放: pay runs, what is owed once, how it was sent, what the bank and finance said, and the ledger in fen."""

from opendibao.payment.models.files import (
    AccountAnswer,
    BankFile,
    ExceptionKind,
    FileKind,
    InboundLine,
    ReconException,
    Resolution,
    StatementLine,
    Voucher,
)
from opendibao.payment.models.ledger import Account, LedgerEntry, LedgerLeg
from opendibao.payment.models.lines import Attempt, Hold, PayLine
from opendibao.payment.models.runs import CheckKind, CheckSigned, Confirmation, Finding, Outcome, PayRun

__all__ = [
    "Account",
    "AccountAnswer",
    "Attempt",
    "BankFile",
    "CheckKind",
    "CheckSigned",
    "Confirmation",
    "ExceptionKind",
    "FileKind",
    "Finding",
    "Hold",
    "InboundLine",
    "LedgerEntry",
    "LedgerLeg",
    "Outcome",
    "PayLine",
    "PayRun",
    "ReconException",
    "Resolution",
    "StatementLine",
    "Voucher",
]
