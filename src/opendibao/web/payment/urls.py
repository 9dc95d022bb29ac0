"""URL list of 发放."""

from django.urls import URLPattern

from opendibao.web.access import FINANCE, MONEY, PAYERS, page
from opendibao.web.payment.accounts import account_check, account_check_file, taken_account_answers
from opendibao.web.payment.closing_act import closed_run
from opendibao.web.payment.files import run_file
from opendibao.web.payment.papers import return_slip, run_paper, run_roster
from opendibao.web.payment.pay_runs import pay_run, pay_runs, pay_term
from opendibao.web.payment.reconciliation import reconciled
from opendibao.web.payment.reconciliation_rows import reconciliation_rows
from opendibao.web.payment.result_acts import sent_run, taken_result
from opendibao.web.payment.returns import RETURN_READERS, returns
from opendibao.web.payment.run_acts import (
    approved_run,
    checked_run,
    computed_run,
    looked_again,
    recomputed_run,
    returned_run,
    signed_checks,
)
from opendibao.web.payment.run_checks import run_check, run_checks, run_checks_file, settled_findings
from opendibao.web.payment.run_exceptions import decided_exceptions, run_exceptions
from opendibao.web.payment.run_holds import cancelled_hold, released_hold, run_holds
from opendibao.web.payment.run_list import run_lines
from opendibao.web.payment.run_towns import CONFIRM, confirmed_township, run_towns
from opendibao.web.payment.statements import run_statement, taken_statement
from opendibao.web.payment.vouchers import entered_voucher, run_vouchers

PAGES: list[URLPattern] = [
    page("pay-runs/", pay_runs, "pay-runs", to=MONEY),
    page("pay-runs/<str:month>/compute/", computed_run, "compute-run", to=PAYERS),
    page("pay-runs/<str:month>/compute/again/", recomputed_run, "recompute-run", to=PAYERS),
    page("pay-runs/<str:month>/lines/", run_lines, "run-lines", to=MONEY),
    page("pay-runs/<str:month>/checks/", run_checks, "run-checks", to=MONEY),
    page("pay-runs/<str:month>/checks/again/", looked_again, "look-again", to=PAYERS),
    page("pay-runs/<str:month>/checks/file/", run_checks_file, "run-checks-file", to=MONEY),
    page("pay-runs/<str:month>/checks/settle/", settled_findings, "settle-findings", to=PAYERS),
    page("pay-runs/<str:month>/checks/sign/", signed_checks, "sign-checks", to=PAYERS),
    page("pay-runs/<str:month>/checks/<slug:check>/", run_check, "run-check", to=MONEY),
    page("pay-runs/<str:month>/towns/", run_towns, "run-towns", to=MONEY),
    page("pay-runs/<str:month>/confirm/", confirmed_township, "confirm-township", to=CONFIRM),
    page("pay-runs/<str:month>/holds/", run_holds, "run-holds", to=MONEY),
    page("pay-runs/<str:month>/holds/<int:hold_id>/release/", released_hold, "release-hold", to=PAYERS),
    page("pay-runs/<str:month>/holds/<int:hold_id>/cancel/", cancelled_hold, "cancel-hold", to=PAYERS),
    page("pay-runs/<str:month>/check/", checked_run, "check-run", to=PAYERS),
    page("pay-runs/<str:month>/return/", returned_run, "return-run", to=FINANCE | PAYERS),
    page("pay-runs/<str:month>/approve/", approved_run, "approve-run", to=FINANCE),
    page("pay-runs/<str:month>/accounts/", account_check, "account-check", to=PAYERS),
    page("pay-runs/<str:month>/accounts/file/", account_check_file, "account-check-file", to=PAYERS),
    page("pay-runs/<str:month>/accounts/answers/", taken_account_answers, "take-account-answers", to=PAYERS),
    page("pay-runs/<str:month>/send/", sent_run, "send-run", to=PAYERS),
    page("pay-runs/<str:month>/files/<int:file_no>/", run_file, "run-file", to=PAYERS),
    page("pay-runs/<str:month>/result/", taken_result, "take-result", to=PAYERS),
    page("pay-runs/<str:month>/reconciliation/", reconciled, "reconciliation", to=MONEY, whole_county=True),
    page(
        "pay-runs/<str:month>/reconciliation/<slug:bucket>/",
        reconciliation_rows,
        "reconciliation-rows",
        to=MONEY,
        whole_county=True,
    ),
    page("pay-runs/<str:month>/exceptions/", run_exceptions, "run-exceptions", to=MONEY, whole_county=True),
    page("pay-runs/<str:month>/exceptions/decide/", decided_exceptions, "decide-exceptions", to=PAYERS),
    page("pay-runs/<str:month>/vouchers/", run_vouchers, "vouchers", to=MONEY, whole_county=True),
    page("pay-runs/<str:month>/vouchers/new/", entered_voucher, "enter-voucher", to=PAYERS | FINANCE),
    page("pay-runs/<str:month>/statement/", run_statement, "statement", to=MONEY, whole_county=True),
    page("pay-runs/<str:month>/statement/new/", taken_statement, "take-statement", to=PAYERS | FINANCE),
    page("pay-runs/<str:month>/close/", closed_run, "close-run", to=PAYERS),
    page("pay-runs/<str:month>/roster/<slug:roster>/", run_roster, "run-roster", to=PAYERS),
    page("pay-runs/<str:month>/papers/<slug:paper>/", run_paper, "run-papers", to=MONEY, whole_county=True),
    page("returns/", returns, "returns", to=RETURN_READERS),
    page("returns/<str:e2e>/slip/", return_slip, "return-slip", to=RETURN_READERS),
    page("pay-runs/<str:month>/", pay_run, "pay-run", to=MONEY),
    page("pay-runs/<str:month>/<slug:term>/", pay_term, "pay-term", to=MONEY),
]
