"""URL list of 核对调查."""

from django.urls import URLPattern

from opendibao.kernel.duties import READ_ONLY
from opendibao.web.access import CASES, CONFIRMERS, FINDERS, SURVEYORS, page
from opendibao.web.case_papers import village_pack
from opendibao.web.verification.alerts_urls import PAGES as ALERT_PAGES
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
from opendibao.web.verification.deliveries_urls import PAGES as DELIVERY_PAGES
from opendibao.web.verification.match_acts import answered_match, requested_match
from opendibao.web.verification.match_links import settled_link, undone_link
from opendibao.web.verification.match_numbers import (
    match_answers,
    match_answers_file,
    match_links,
    match_numbers,
    match_numbers_file,
)
from opendibao.web.verification.match_objections import explained_hit, objected_hit, settled_recheck, told_mismatch
from opendibao.web.verification.match_tasks import matching, run_all, run_one
from opendibao.web.verification.order_act import ordered_survey
from opendibao.web.verification.privacy_urls import PAGES as PRIVACY_PAGES
from opendibao.web.verification.report_of_match import report_of_match, word_of_match
from opendibao.web.verification.requests_urls import PAGES as REQUEST_PAGES
from opendibao.web.verification.survey_act import new_survey
from opendibao.web.verification.survey_page import survey

PAGES: list[URLPattern] = [
    *ALERT_PAGES,
    *PRIVACY_PAGES,
    *DELIVERY_PAGES,
    *REQUEST_PAGES,
    page("surveys/", surveys, "surveys", to=CASES),
    page("surveys/list.xlsx", surveys_file, "surveys-file", to=CASES),
    page("surveys/pack/<str:division>/", village_pack, "village-pack", to=CASES),
    page("attachments/<int:attachment_id>/", shown_attachment, "attachment", to=CASES),
    page("cases/<int:case_id>/order-survey/", ordered_survey, "order-survey", to=FINDERS),
    page("cases/<int:case_id>/survey/", new_survey, "new-survey", to=SURVEYORS),
    page("cases/<int:case_id>/survey/correct/", corrected_survey, "correct-survey", to=SURVEYORS),
    page("cases/<int:case_id>/surveys/<int:sequence>/", survey, "survey", to=CASES),
    page("cases/<int:case_id>/match/request/", requested_match, "request-match", to=ACCEPTORS),
    page("matching/", matching, "matching", to=CASES),
    page("matching/numbers/", match_numbers, "match-numbers", to=CONFIRMERS | READ_ONLY, whole_county=True),
    page("matching/numbers.xlsx", match_numbers_file, "match-numbers-file", to=CONFIRMERS | READ_ONLY,
         whole_county=True),
    page("matching/numbers/answers/", match_answers, "match-answers", to=CONFIRMERS | READ_ONLY, whole_county=True),
    page("matching/numbers/answers.xlsx", match_answers_file, "match-answers-file", to=CONFIRMERS | READ_ONLY,
         whole_county=True),
    page("matching/numbers/links/", match_links, "match-link-rows", to=CONFIRMERS | READ_ONLY, whole_county=True),
    page("matching/run/", run_all, "run-matching", to=CONFIRMERS),
    page("cases/<int:case_id>/match/run/", run_one, "run-match", to=CONFIRMERS),
    page("cases/<int:case_id>/links/<int:link_id>/", settled_link, "settle-link", to=MATCHERS),
    page("cases/<int:case_id>/links/<int:link_id>/undo/", undone_link, "undo-link", to=MATCHERS),
    page("cases/<int:case_id>/hits/<int:match_id>/explain/", explained_hit, "explain-hit", to=MATCHERS),
    page("cases/<int:case_id>/hits/<int:match_id>/object/", objected_hit, "object-hit", to=MATCHERS),
    page("cases/<int:case_id>/rechecks/<int:recheck_id>/", settled_recheck, "settle-recheck", to=MATCHERS),
    page("cases/<int:case_id>/hits/tell/", told_mismatch, "tell-mismatch", to=MATCHERS),
    page("cases/<int:case_id>/match/answer/", answered_match, "answer-match", to=MATCHERS),
    page("cases/<int:case_id>/match/report/", report_of_match, "match-report", to=CASES),
    page("cases/<int:case_id>/match/report.docx", word_of_match, "match-report-word", to=CASES),
    page("cases/<int:case_id>/neighbour/", new_interview_of_neighbour, "interview-neighbour", to=SURVEYORS),
    page("cases/<int:case_id>/refused-visit/", new_refused_visit, "refused-visit", to=SURVEYORS),
    page("cases/<int:case_id>/evidence/", new_evidence_letter, "send-evidence-letter", to=FINDERS),
    page(
        "cases/<int:case_id>/evidence/<int:letter_id>/reply/", answered_evidence_letter, "answer-evidence-letter",
        to=FINDERS,
    ),
]  # fmt: skip
