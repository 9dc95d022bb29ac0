"""URL list of 受理."""

from django.urls import URLPattern

from opendibao.kernel.duties import CASEWORK
from opendibao.web.access import CASES, CONFIRMERS, page, public
from opendibao.web.case_papers import blank_papers, case_letter_paper, case_papers
from opendibao.web.intake.acceptance import CLERKS, TELLERS, accepted_case, resubmitted_case, returned_case
from opendibao.web.intake.apply import applied_online, apply_online, apply_status
from opendibao.web.intake.archive import KEEPERS, archive_list, archive_print, archives_file, one_archive
from opendibao.web.intake.archive_acts import (
    added_paper,
    checked_archive,
    closed_archive,
    filled_archive,
    lent_archive,
    opened_archive,
    returned_archive,
    taken_out_paper,
)
from opendibao.web.intake.attaching import attached_to_case
from opendibao.web.intake.case_clock import PAUSERS, extended_case, paused_clock, resumed_clock
from opendibao.web.intake.case_page import case
from opendibao.web.intake.cases import cases, cases_file, next_case
from opendibao.web.intake.deliveries import DELIVERERS, delivered_letter, undelivered_letter
from opendibao.web.intake.drafts import WRITERS, draft_taken_back, drafts, dropped_draft
from opendibao.web.intake.endings import ENDERS, discontinued_case, refused_case, withdrawn_case
from opendibao.web.intake.mandates import given_mandate
from opendibao.web.intake.new_application import application, new_application
from opendibao.web.intake.online import answered_online, online_list, online_page
from opendibao.web.intake.relatives import NOTERS, official_relatives, registered_relative, relatives_file
from opendibao.web.intake.signatures import SIGNERS, revoked_consent, signed_consents, signed_supporter

PAGES: list[URLPattern] = [
    public("apply/", apply_online, "apply-online"),
    public("apply/done/", applied_online, "applied-online"),
    public("apply/status/", apply_status, "apply-status"),
    page("applications/new/", new_application, "new-application", to=WRITERS),
    page("applications/drafts/", drafts, "drafts", to=WRITERS),
    page("applications/<str:key>/drop/", dropped_draft, "drop-draft", to=WRITERS),
    page("applications/<str:key>/take-back/", draft_taken_back, "take-back-draft", to=WRITERS),
    page("applications/<str:key>/", application, "application", to=WRITERS),
    page("cases/", cases, "cases", to=CASES),
    page("cases/list.xlsx", cases_file, "cases-file", to=CASES),
    page("cases/<int:case_id>/next/", next_case, "next-case", to=CASES),
    page("cases/<int:case_id>/", case, "case", to=CASES),
    page("cases/<int:case_id>/accept/", accepted_case, "accept-case", to=CLERKS),
    page("cases/<int:case_id>/return/", returned_case, "return-case", to=TELLERS),
    page("cases/<int:case_id>/resubmit/", resubmitted_case, "resubmit-case", to=CLERKS),
    page("cases/<int:case_id>/refuse/", refused_case, "refuse-case", to=CLERKS),
    page("cases/<int:case_id>/withdraw/", withdrawn_case, "withdraw-case", to=CLERKS),
    page("cases/<int:case_id>/discontinue/", discontinued_case, "discontinue-case", to=ENDERS),
    page("cases/<int:case_id>/sign/", signed_consents, "sign-consent", to=SIGNERS),
    page("cases/<int:case_id>/sign-supporter/", signed_supporter, "sign-supporter", to=SIGNERS),
    page("cases/<int:case_id>/consents/<int:consent_id>/revoke/", revoked_consent, "revoke-consent", to=SIGNERS),
    page("cases/<int:case_id>/mandate/", given_mandate, "give-mandate", to=CLERKS),
    page("cases/<int:case_id>/attach/", attached_to_case, "attach-to-case", to=CASEWORK),
    page("cases/<int:case_id>/relative/", registered_relative, "register-relative", to=NOTERS),
    page("letters/<int:letter_id>/deliver/", delivered_letter, "deliver-letter", to=DELIVERERS),
    page("letters/<int:letter_id>/take-back/", undelivered_letter, "undeliver-letter", to=DELIVERERS),
    page("online/", online_list, "online-applications", to=CASES),
    page("online/<int:online_id>/", online_page, "online-application", to=CASES),
    page("online/<int:online_id>/answer/", answered_online, "answer-online", to=CLERKS),
    page("relatives/", official_relatives, "relatives", to=CASES),
    page("relatives/list.xlsx", relatives_file, "relatives-file", to=CASES),
    page("cases/<int:case_id>/pause/", paused_clock, "pause-clock", to=PAUSERS),
    page("cases/<int:case_id>/resume/", resumed_clock, "resume-clock", to=PAUSERS),
    page("cases/<int:case_id>/extend/", extended_case, "extend-case", to=CONFIRMERS),
    page("cases/<int:case_id>/papers/", case_papers, "case-papers", to=CASES),
    page("cases/letters/<int:letter_id>/paper/", case_letter_paper, "case-letter-pdf", to=CASES),
    page("archive/new/<path:number>/", opened_archive, "open-archive", to=KEEPERS),
    page("archive/", archive_list, "archives", to=CASES),
    page("archive/list.xlsx", archives_file, "archives-file", to=CASES),
    page("archive/<int:archive_id>/", one_archive, "archive", to=CASES),
    page("archive/<int:archive_id>/print/", archive_print, "archive-print", to=CASES),
    page("archive/<int:archive_id>/fill/", filled_archive, "fill-archive", to=KEEPERS),
    page("archive/<int:archive_id>/add/", added_paper, "add-paper", to=KEEPERS),
    page("archive/<int:archive_id>/check/", checked_archive, "check-archive", to=KEEPERS),
    page("archive/<int:archive_id>/close/", closed_archive, "close-archive", to=KEEPERS),
    page("archive/<int:archive_id>/lend/", lent_archive, "lend-archive", to=KEEPERS),
    page("archive/<int:archive_id>/return/", returned_archive, "return-archive", to=KEEPERS),
    page("archive/papers/<int:item_id>/take-out/", taken_out_paper, "take-out-paper", to=KEEPERS),
    page("papers/blank/", blank_papers, "blank-papers", to=CASES),
]
