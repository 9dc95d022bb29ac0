"""审核确认办理: everything that leads to a decision, takes one, and tells others of it."""

from opendibao.decision.determination import change_benefit, confirm_case, refuse_case, stop_benefit
from opendibao.decision.notice import post_notice
from opendibao.decision.outbox import send_outbox
from opendibao.decision.receipts import ReceiptResult, take_receipts
from opendibao.decision.refusal import DecisionRefused, HearingMissing, RosterRefused, RulesDisagree
from opendibao.decision.review_meeting import hold_meeting

__all__ = [
    "DecisionRefused",
    "HearingMissing",
    "ReceiptResult",
    "RosterRefused",
    "RulesDisagree",
    "change_benefit",
    "confirm_case",
    "hold_meeting",
    "post_notice",
    "refuse_case",
    "send_outbox",
    "stop_benefit",
    "take_receipts",
]
