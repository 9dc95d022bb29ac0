"""URL list of 核对调查."""

from django.urls import URLPattern

from opendibao.web.access import CASES, FINDERS, SURVEYORS, page
from opendibao.web.case_papers import village_pack
from opendibao.web.verification.asking_acts import (
    answered_evidence_letter,
    new_evidence_letter,
    new_interview_of_neighbour,
    new_refused_visit,
)
from opendibao.web.verification.attachment import shown_attachment
from opendibao.web.verification.case_sections import ACCEPTORS, MATCHERS
from opendibao.web.verification.control_list import surveys, surveys_file
from opendibao.web.verification.correction_act import corrected_survey
from opendibao.web.verification.match_acts import answered_match, requested_match
from opendibao.web.verification.order_act import ordered_survey
from opendibao.web.verification.survey_act import new_survey
from opendibao.web.verification.survey_page import survey

PAGES: list[URLPattern] = [
    page("surveys/", surveys, "surveys", to=CASES),
    page("surveys/list.xlsx", surveys_file, "surveys-file", to=CASES),
    page("surveys/pack/<str:division>/", village_pack, "village-pack", to=CASES),
    page("attachments/<int:attachment_id>/", shown_attachment, "attachment", to=CASES),
    page("cases/<int:case_id>/order-survey/", ordered_survey, "order-survey", to=FINDERS),
    page("cases/<int:case_id>/survey/", new_survey, "new-survey", to=SURVEYORS),
    page("cases/<int:case_id>/survey/correct/", corrected_survey, "correct-survey", to=SURVEYORS),
    page("cases/<int:case_id>/surveys/<int:sequence>/", survey, "survey", to=CASES),
    page("cases/<int:case_id>/match/request/", requested_match, "request-match", to=ACCEPTORS),
    page("cases/<int:case_id>/match/answer/", answered_match, "answer-match", to=MATCHERS),
    page("cases/<int:case_id>/neighbour/", new_interview_of_neighbour, "interview-neighbour", to=SURVEYORS),
    page("cases/<int:case_id>/refused-visit/", new_refused_visit, "refused-visit", to=SURVEYORS),
    page("cases/<int:case_id>/evidence/", new_evidence_letter, "send-evidence-letter", to=FINDERS),
    page(
        "cases/<int:case_id>/evidence/<int:letter_id>/reply/", answered_evidence_letter, "answer-evidence-letter",
        to=FINDERS,
    ),
]  # fmt: skip
