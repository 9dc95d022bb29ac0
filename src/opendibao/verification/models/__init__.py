"""核对调查: answers of departments, household surveys, neighbours' words and letters for evidence."""

from opendibao.verification.models.alerts import (
    Alert,
    AlertStep,
    Rematch,
    RematchGap,
    RematchSource,
    RematchState,
)
from opendibao.verification.models.deliveries import Covers, Delivery, DeliveryReject, Layout, SourceRecord
from opendibao.verification.models.links import Link, LinkState, NotSamePerson, Tier
from opendibao.verification.models.lookups import (
    Exchange,
    ExchangeForm,
    ExchangePerson,
    Lookup,
    LookupGround,
    Purge,
    Purpose,
)
from opendibao.verification.models.matching import HitLink, MatchOutcome, MatchResult, Unchecked
from opendibao.verification.models.objections import MatchExplanation, MatchRecheck, RecheckOutcome
from opendibao.verification.models.requests import (
    Bearing,
    LateAnswer,
    RegionRequest,
    RequestAnswer,
    RequestAttempt,
    RequestMessage,
)
from opendibao.verification.models.surveys import (
    EvidenceLetter,
    ItemSheet,
    NeighbourInterview,
    RefusedVisit,
    Survey,
    SurveyCorrection,
    SurveyOrder,
    SurveyWay,
)

__all__ = [
    "Alert",
    "AlertStep",
    "Bearing",
    "Covers",
    "Delivery",
    "DeliveryReject",
    "EvidenceLetter",
    "Exchange",
    "ExchangeForm",
    "ExchangePerson",
    "HitLink",
    "ItemSheet",
    "LateAnswer",
    "Layout",
    "Link",
    "LinkState",
    "Lookup",
    "LookupGround",
    "MatchExplanation",
    "MatchOutcome",
    "MatchRecheck",
    "MatchResult",
    "NeighbourInterview",
    "NotSamePerson",
    "Purge",
    "Purpose",
    "RecheckOutcome",
    "RefusedVisit",
    "RegionRequest",
    "Rematch",
    "RematchGap",
    "RematchSource",
    "RematchState",
    "RequestAnswer",
    "RequestAttempt",
    "RequestMessage",
    "SourceRecord",
    "Survey",
    "SurveyCorrection",
    "SurveyOrder",
    "SurveyWay",
    "Tier",
    "Unchecked",
]
