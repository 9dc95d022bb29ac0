"""核对调查: answers of departments, household surveys, neighbours' words and letters for evidence."""

from opendibao.verification.models.matching import MatchOutcome, MatchResult
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
    "EvidenceLetter",
    "ItemSheet",
    "MatchOutcome",
    "MatchResult",
    "NeighbourInterview",
    "RefusedVisit",
    "Survey",
    "SurveyCorrection",
    "SurveyOrder",
    "SurveyWay",
]
