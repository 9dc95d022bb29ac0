"""审核确认: opening act, the village's part, opinions, decisions and letters, what goes to the superior system."""

from opendibao.decision.models.beyond import EXEMPTIONS, Inquiry, LowIncomeEntry, LowIncomeKind, Referral
from opendibao.decision.models.decisions import GRANTING, ApprovalBatch, Cause, Decision, DecisionKind, Letter
from opendibao.decision.models.opening import OpeningAct, RejectedRow, RosterFile, RosterReject, StagedHousehold
from opendibao.decision.models.opinions import CountyVisit, FirstOpinion, Hearing
from opendibao.decision.models.price import PriceState, PriceSupplement
from opendibao.decision.models.reporting_up import OutboxEvent, ReceiptFile, ReportingFile, SentBack
from opendibao.decision.models.uprating import Uprating, UpratingLine, UpratingResult, UpratingState
from opendibao.decision.models.village import (
    MeetingMember,
    Objection,
    ObjectionOutcome,
    Publication,
    PublicNotice,
    ReviewMeeting,
    ReviewVote,
)

__all__ = [
    "EXEMPTIONS",
    "GRANTING",
    "ApprovalBatch",
    "Cause",
    "CountyVisit",
    "Decision",
    "DecisionKind",
    "FirstOpinion",
    "Hearing",
    "Inquiry",
    "Letter",
    "LowIncomeEntry",
    "LowIncomeKind",
    "MeetingMember",
    "Objection",
    "ObjectionOutcome",
    "OpeningAct",
    "OutboxEvent",
    "PriceState",
    "PriceSupplement",
    "PublicNotice",
    "Publication",
    "ReceiptFile",
    "Referral",
    "RejectedRow",
    "ReportingFile",
    "ReviewMeeting",
    "ReviewVote",
    "RosterFile",
    "RosterReject",
    "SentBack",
    "StagedHousehold",
    "Uprating",
    "UpratingLine",
    "UpratingResult",
    "UpratingState",
]
