"""发放: pay runs, what is owed once, how it was sent, what the bank and finance said, and the ledger in fen."""

from opendibao.payment.models.changes import (
    CashReturn,
    Offset,
    PayOrder,
    Receivable,
    ReceivableMonth,
    RecoveryCause,
    Suspension,
    Waiver,
)
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
from opendibao.payment.models.lines import ORDERED, Attempt, Hold, PayLine
from opendibao.payment.models.runs import CheckKind, CheckSigned, Confirmation, Finding, Outcome, PayRun

__all__ = [
    "ORDERED",
    "Account",
    "AccountAnswer",
    "Attempt",
    "BankFile",
    "CashReturn",
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
    "Offset",
    "Outcome",
    "PayLine",
    "PayOrder",
    "PayRun",
    "Receivable",
    "ReceivableMonth",
    "ReconException",
    "RecoveryCause",
    "Resolution",
    "StatementLine",
    "Suspension",
    "Voucher",
    "Waiver",
]
