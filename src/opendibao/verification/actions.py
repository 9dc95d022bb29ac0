"""核对调查办理: departments answer, two people visit, neighbours and offices are asked."""

from opendibao.verification.corrections import correct_survey
from opendibao.verification.disposing import dispose_match
from opendibao.verification.evidence_letters import answer_evidence_letter, send_evidence_letter
from opendibao.verification.item_sheets import Sheet
from opendibao.verification.matching import Answer, file_match_results, request_match
from opendibao.verification.neighbours import record_interview
from opendibao.verification.queries import open_hits
from opendibao.verification.refusal import VerificationRefused
from opendibao.verification.refused_visits import record_refused_visit
from opendibao.verification.survey_orders import order_survey
from opendibao.verification.surveying import Visit, record_survey

__all__ = [
    "Answer",
    "Sheet",
    "VerificationRefused",
    "Visit",
    "answer_evidence_letter",
    "correct_survey",
    "dispose_match",
    "file_match_results",
    "open_hits",
    "order_survey",
    "record_interview",
    "record_refused_visit",
    "record_survey",
    "request_match",
    "send_evidence_letter",
]
