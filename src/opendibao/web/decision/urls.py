"""URL list of 评议公示和审核确认."""

from django.urls import URLPattern

from opendibao.kernel.duties import READ_ONLY
from opendibao.web.access import CASES, CONFIRMERS, page
from opendibao.web.case_papers import letter_paper, notice_poster, publication_poster
from opendibao.web.decision.approval_access import DELIVERERS, HIT_ANSWERERS, OPINION_GIVERS
from opendibao.web.decision.approval_acts import (
    confirmed_case,
    refused_case,
    returned_case,
    visited_family,
    voided_decision,
)
from opendibao.web.decision.approval_one import approval
from opendibao.web.decision.approvals import approvals
from opendibao.web.decision.batch import confirmed_batch, one_batch, voided_batch
from opendibao.web.decision.beyond_access import CASEWORKERS, INQUIRERS, INQUIRY_READERS
from opendibao.web.decision.hearing import HEARERS, recorded_hearing, told_hearing
from opendibao.web.decision.hits import hits
from opendibao.web.decision.hits_acts import disposed_clean, disposed_hit, undone_hit
from opendibao.web.decision.inquiries import inquiries_file, inquiry_list, one_inquiry
from opendibao.web.decision.inquiry_acts import closed_inquiry, opened_inquiry
from opendibao.web.decision.letters import case_decision, decision_letter, delivered_letter, letters, noted_letter
from opendibao.web.decision.low_income import low_income_file, low_income_list
from opendibao.web.decision.low_income_acts import ended_family, rechecked_family, recognised_family
from opendibao.web.decision.meetings import meetings, one_meeting
from opendibao.web.decision.meetings_acts import contested_vote, new_meeting, signed_minutes
from opendibao.web.decision.notices import notices, one_notice
from opendibao.web.decision.notices_acts import posted_notices, taken_down_notices
from opendibao.web.decision.objections import new_objection, objections, settled_objection
from opendibao.web.decision.opinion_acts import given_opinion, reported_to_county
from opendibao.web.decision.outbox import outbox, outbox_list
from opendibao.web.decision.outbox_acts import (
    corrected_return,
    imported_receipts,
    made_reporting_file,
    taken_receipts,
)
from opendibao.web.decision.outbox_files import reporting_file, reporting_files
from opendibao.web.decision.outbox_lag import lag_file, lag_page
from opendibao.web.decision.outbox_words import CORRECTORS, SENDERS
from opendibao.web.decision.publication import publication, publication_file, publications
from opendibao.web.decision.publication_acts import published_village
from opendibao.web.decision.referral_acts import closed_referral, referred_household
from opendibao.web.decision.referrals import one_referral, referral_list, referrals_file
from opendibao.web.decision.review_acts import decided_review
from opendibao.web.decision.village_tabs import OBJECTION_TAKERS, REVIEWERS
from opendibao.web.decision.village_ways import meeting_of_case, objection_of_case, posting_of_case
from opendibao.web.overdue_cases import OVERSEERS, overdue_cases

PAGES: list[URLPattern] = [
    page("meetings/", meetings, "meetings", to=CASES),
    page("meetings/new/", new_meeting, "new-meeting", to=REVIEWERS),
    page("meetings/<int:meeting_id>/", one_meeting, "meeting", to=CASES),
    page("meetings/<int:meeting_id>/minutes/", signed_minutes, "signed-minutes", to=REVIEWERS),
    page("cases/<int:case_id>/meeting/", meeting_of_case, "case-meeting", to=REVIEWERS),
    page("cases/<int:case_id>/contest/", contested_vote, "contest-vote", to=REVIEWERS),
    page("cases/<int:case_id>/objection/", objection_of_case, "case-objection", to=REVIEWERS),
    page("cases/<int:case_id>/notice/", posting_of_case, "case-notice", to=REVIEWERS),
    page("cases/<int:case_id>/object/", new_objection, "new-objection", to=OBJECTION_TAKERS),
    page("notices/", notices, "notices", to=CASES),
    page("notices/new/", posted_notices, "post-notices", to=REVIEWERS),
    page("notices/<int:notice_id>/", one_notice, "notice", to=CASES),
    page("notices/<int:notice_id>/take-down/", taken_down_notices, "take-down-notices", to=REVIEWERS),
    page("objections/", objections, "objections", to=CASES),
    page("objections/<int:objection_id>/settle/", settled_objection, "settle-objection", to=REVIEWERS),
    page("publication/", publications, "publications", to=CASES),
    page("publication/<str:division>/<str:month>/", publication, "publication", to=CASES),
    page("publication/<str:division>/<str:month>/list.xlsx", publication_file, "publication-file", to=CASES),
    page("publication/<str:division>/<str:month>/post/", published_village, "publish-village", to=REVIEWERS),
    page("today/overdue/", overdue_cases, "overdue-cases", to=OVERSEERS),
    page("cases/<int:case_id>/hearing/tell/", told_hearing, "tell-hearing", to=HEARERS),
    page("cases/<int:case_id>/hearing/", recorded_hearing, "record-hearing", to=HEARERS),
    page("notices/<int:notice_id>/poster/", notice_poster, "notice-poster", to=CASES),
    page("publication/<str:division>/<str:month>/poster/", publication_poster, "publication-poster", to=CASES),
    page("letters/<int:letter_id>/paper/", letter_paper, "letter-pdf", to=CASES),
    page("approvals/", approvals, "approvals", to=CONFIRMERS | READ_ONLY),
    page("approvals/batch/", confirmed_batch, "batch", to=CONFIRMERS),
    page("approvals/batches/<int:batch_id>/", one_batch, "approval-batch", to=CONFIRMERS | READ_ONLY),
    page("approvals/batches/<int:batch_id>/void/", voided_batch, "void-batch", to=CONFIRMERS),
    page("approvals/<int:case_id>/", approval, "approval", to=CONFIRMERS | READ_ONLY),
    page("approvals/<int:case_id>/confirm/", confirmed_case, "confirm-case", to=CONFIRMERS),
    page("approvals/<int:case_id>/refuse/", refused_case, "refuse-confirmation", to=CONFIRMERS),
    page("approvals/<int:case_id>/return/", returned_case, "send-back-case", to=CONFIRMERS),
    page("approvals/<int:case_id>/visit/", visited_family, "county-visit", to=CONFIRMERS),
    page("cases/<int:case_id>/change/", decided_review, "decide-review", to=CONFIRMERS),
    page("cases/<int:case_id>/opinion/", given_opinion, "give-opinion", to=OPINION_GIVERS),
    page("cases/<int:case_id>/report/", reported_to_county, "report-case", to=OPINION_GIVERS),
    page("cases/<int:case_id>/hits/", hits, "hits", to=CASES),
    page("cases/<int:case_id>/hits/clean/", disposed_clean, "dispose-clean", to=HIT_ANSWERERS),
    page("cases/<int:case_id>/hits/<int:match_id>/", disposed_hit, "dispose-hit", to=HIT_ANSWERERS),
    page("cases/<int:case_id>/hits/<int:match_id>/undo/", undone_hit, "undo-hit", to=HIT_ANSWERERS),
    page("cases/<int:case_id>/decision/", case_decision, "case-decision", to=CASES),
    page("letters/", letters, "letters", to=CASES),
    page("decisions/<int:decision_id>/letter/", decision_letter, "decision-letter", to=CASES),
    page("decisions/<int:decision_id>/letter/note/", noted_letter, "note-letter", to=CONFIRMERS),
    page("decisions/<int:decision_id>/letter/deliver/", delivered_letter, "deliver-decision", to=DELIVERERS),
    page("outbox/", outbox, "outbox", to=CASES),
    page("outbox/list.xlsx", outbox_list, "outbox-list", to=CASES),
    page("outbox/send/", made_reporting_file, "make-reporting-file", to=SENDERS),
    page("outbox/files/", reporting_files, "reporting-files", to=CASES),
    page("outbox/files/<int:file_id>/", reporting_file, "reporting-file", to=SENDERS | READ_ONLY),
    page("outbox/receipts/", imported_receipts, "import-receipts", to=SENDERS),
    page("outbox/receipts/take/", taken_receipts, "take-receipts", to=SENDERS),
    page("outbox/returns/<int:decision_id>/", corrected_return, "correct-return", to=CORRECTORS),
    page("outbox/lag/", lag_page, "entry-lag", to=CASES),
    page("outbox/lag/list.xlsx", lag_file, "entry-lag-file", to=CASES),
    page("decisions/<int:decision_id>/void/", voided_decision, "void-decision", to=CONFIRMERS),
    page("low-income/", low_income_list, "low-income", to=CASES),
    page("low-income/list.xlsx", low_income_file, "low-income-file", to=CASES),
    page("cases/<int:case_id>/low-income/", recognised_family, "recognise-low-income", to=CONFIRMERS),
    page("low-income/<int:entry_id>/recheck/", rechecked_family, "recheck-low-income", to=CONFIRMERS),
    page("low-income/<int:entry_id>/end/", ended_family, "end-low-income", to=CONFIRMERS),
    page("referrals/", referral_list, "referrals", to=CASES),
    page("referrals/list.xlsx", referrals_file, "referrals-file", to=CASES),
    page("referrals/<int:referral_id>/", one_referral, "referral", to=CASES),
    page("referrals/<int:referral_id>/close/", closed_referral, "close-referral", to=CASEWORKERS),
    page("referrals/new/<path:number>/", referred_household, "refer-household", to=CASEWORKERS),
    page("inquiries/", inquiry_list, "inquiries", to=INQUIRY_READERS),
    page("inquiries/list.xlsx", inquiries_file, "inquiries-file", to=INQUIRY_READERS),
    page("inquiries/<int:inquiry_id>/", one_inquiry, "inquiry", to=INQUIRY_READERS),
    page("inquiries/<int:inquiry_id>/close/", closed_inquiry, "close-inquiry", to=INQUIRERS),
    page("decisions/<int:decision_id>/inquiry/", opened_inquiry, "open-inquiry", to=INQUIRERS),
]
