"""URL list of 发放."""

from django.urls import URLPattern

from opendibao.web.access import CONFIRMERS, FILES, FINANCE, MONEY, PAYERS, page
from opendibao.web.decision.approval_access import DELIVERERS
from opendibao.web.payment.account_changes import (
    account_changes_file,
    account_changes_page,
    confirmed_change,
    dropped_change,
)
from opendibao.web.payment.accounts import account_check, account_check_file, taken_account_answers
from opendibao.web.payment.change_acts import settled_change
from opendibao.web.payment.change_asking import asked_change
from opendibao.web.payment.closing_act import closed_run
from opendibao.web.payment.custody import (
    blank_custody_agreement,
    checked_custody,
    custodies_file,
    custodies_page,
    custody_agreement,
    custody_page,
    filed_custody,
    new_custody,
    returned_card,
)
from opendibao.web.payment.files import run_file
from opendibao.web.payment.fund_acts import entered_arrival, taken_back_arrival
from opendibao.web.payment.fund_tables import arrivals_file, taken_arrivals
from opendibao.web.payment.funds import funds, funds_file
from opendibao.web.payment.household_papers import shown_paper
from opendibao.web.payment.money_changes import forgotten_months, money_changes, money_orders
from opendibao.web.payment.order_batches import settled_back_pay, settled_price_orders
from opendibao.web.payment.papers import return_slip, run_paper, run_roster
from opendibao.web.payment.pay_runs import pay_run, pay_runs, pay_term
from opendibao.web.payment.price_acts import (
    approved_price_supplement,
    ordered_price_supplement,
    proposed_price_supplement,
    withdrawn_price_supplement,
)
from opendibao.web.payment.price_supplements import all_price_supplements, one_price_supplement
from opendibao.web.payment.proxies import (
    blank_proxy_agreement,
    ended_proxy,
    filed_proxy,
    new_proxy,
    proxies_file,
    proxies_page,
    proxy_agreement,
    proxy_page,
    reviewed_proxy,
)
from opendibao.web.payment.receivables import change_letter, receivable
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
from opendibao.web.payment.uprating_acts import (
    approved_uprating,
    delivered_uprating,
    ordered_back_pay,
    prepared_uprating,
    withdrawn_uprating,
)
from opendibao.web.payment.uprating_villages import uprating_by_village, uprating_file
from opendibao.web.payment.upratings import all_upratings, one_uprating, uprating_line
from opendibao.web.payment.vouchers import entered_voucher, run_vouchers

PAGES: list[URLPattern] = [
    page("money-changes/", money_changes, "money-changes", to=MONEY),
    page("money-changes/orders/", money_orders, "money-orders", to=MONEY),
    page("money-changes/forgotten/", forgotten_months, "forgotten-months", to=MONEY),
    page("money-changes/receivables/<int:receivable_id>/", receivable, "receivable", to=MONEY),
    page("money-changes/<slug:matter>/<int:matter_id>/letter/", change_letter, "change-letter", to=MONEY),
    page(
        "money-changes/<slug:matter>/<int:matter_id>/<slug:step>/",
        settled_change,
        "settle-change",
        to=PAYERS | FINANCE,
    ),
    page("money-changes/ask/<slug:matter>/<path:number>/", asked_change, "ask-change", to=PAYERS),
    page("upratings/", all_upratings, "upratings", to=MONEY, whole_county=True),
    page("upratings/new/", prepared_uprating, "prepare-uprating", to=CONFIRMERS, whole_county=True),
    page("upratings/<int:uprating_id>/", one_uprating, "uprating", to=MONEY, whole_county=True),
    page(
        "upratings/<int:uprating_id>/approve/", approved_uprating, "approve-uprating", to=CONFIRMERS, whole_county=True
    ),
    page(
        "upratings/<int:uprating_id>/withdraw/",
        withdrawn_uprating,
        "withdraw-uprating",
        to=CONFIRMERS,
        whole_county=True,
    ),
    page("upratings/<int:uprating_id>/deliver/", delivered_uprating, "deliver-uprating", to=DELIVERERS),
    page("upratings/<int:uprating_id>/back-pay/", ordered_back_pay, "order-back-pay", to=PAYERS, whole_county=True),
    page(
        "upratings/<int:uprating_id>/back-pay/<slug:step>/",
        settled_back_pay,
        "settle-back-pay",
        to=PAYERS,
        whole_county=True,
    ),
    page(
        "upratings/<int:uprating_id>/villages/",
        uprating_by_village,
        "uprating-villages",
        to=MONEY,
        whole_county=True,
    ),
    page("upratings/<int:uprating_id>/file/", uprating_file, "uprating-file", to=MONEY, whole_county=True),
    page("upratings/<int:uprating_id>/<int:line_id>/", uprating_line, "uprating-line", to=MONEY, whole_county=True),
    page("price-supplements/", all_price_supplements, "price-supplements", to=MONEY, whole_county=True),
    page(
        "price-supplements/new/",
        proposed_price_supplement,
        "propose-price-supplement",
        to=CONFIRMERS,
        whole_county=True,
    ),
    page("price-supplements/<int:price_id>/", one_price_supplement, "price-supplement", to=MONEY, whole_county=True),
    page(
        "price-supplements/<int:price_id>/orders/<slug:step>/",
        settled_price_orders,
        "settle-price-orders",
        to=PAYERS,
        whole_county=True,
    ),
    page(
        "price-supplements/<int:price_id>/approve/",
        approved_price_supplement,
        "approve-price-supplement",
        to=CONFIRMERS,
        whole_county=True,
    ),
    page(
        "price-supplements/<int:price_id>/withdraw/",
        withdrawn_price_supplement,
        "withdraw-price-supplement",
        to=CONFIRMERS,
        whole_county=True,
    ),
    page(
        "price-supplements/<int:price_id>/order/",
        ordered_price_supplement,
        "order-price-supplement",
        to=PAYERS,
        whole_county=True,
    ),
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
    page("funds/", funds, "funds", to=MONEY, whole_county=True),
    page("funds/file/", funds_file, "funds-file", to=MONEY, whole_county=True),
    page("funds/arrivals/file/", arrivals_file, "funds-arrivals-file", to=MONEY, whole_county=True),
    page("funds/arrivals/table/", taken_arrivals, "take-arrivals", to=PAYERS | FINANCE, whole_county=True),
    page("funds/arrivals/new/", entered_arrival, "enter-arrival", to=PAYERS | FINANCE, whole_county=True),
    page(
        "funds/arrivals/<int:arrival_id>/back/",
        taken_back_arrival,
        "take-back-arrival",
        to=PAYERS | FINANCE,
        whole_county=True,
    ),
    page("returns/", returns, "returns", to=RETURN_READERS),
    page("returns/<str:e2e>/slip/", return_slip, "return-slip", to=RETURN_READERS),
    page("account-changes/", account_changes_page, "account-changes", to=RETURN_READERS),
    page("account-changes/file/", account_changes_file, "account-changes-file", to=RETURN_READERS),
    page("account-changes/<int:change_id>/confirm/", confirmed_change, "confirm-account-change", to=FILES),
    page("account-changes/<int:change_id>/drop/", dropped_change, "drop-account-change", to=FILES),
    page("household-papers/<int:paper_id>/", shown_paper, "household-paper", to=RETURN_READERS),
    page("proxies/", proxies_page, "proxies", to=RETURN_READERS),
    page("proxies/file/", proxies_file, "proxies-file", to=RETURN_READERS),
    page("proxies/new/<path:number>/", new_proxy, "new-proxy", to=FILES),
    page("proxies/blank/<path:number>/", blank_proxy_agreement, "blank-proxy-agreement", to=FILES),
    page("proxies/<int:proxy_id>/", proxy_page, "proxy", to=RETURN_READERS),
    page("proxies/<int:proxy_id>/agreement/", proxy_agreement, "proxy-agreement", to=FILES),
    page("proxies/<int:proxy_id>/note/", filed_proxy, "file-proxy", to=CONFIRMERS),
    page("proxies/<int:proxy_id>/review/", reviewed_proxy, "review-proxy", to=FILES),
    page("proxies/<int:proxy_id>/end/", ended_proxy, "end-proxy", to=FILES),
    page("custody/", custodies_page, "custodies", to=RETURN_READERS),
    page("custody/file/", custodies_file, "custodies-file", to=RETURN_READERS),
    page("custody/new/<path:number>/", new_custody, "new-custody", to=FILES),
    page("custody/blank/<path:number>/", blank_custody_agreement, "blank-custody-agreement", to=FILES),
    page("custody/<int:custody_id>/", custody_page, "custody", to=RETURN_READERS),
    page("custody/<int:custody_id>/agreement/", custody_agreement, "custody-agreement", to=FILES),
    page("custody/<int:custody_id>/note/", filed_custody, "file-custody", to=CONFIRMERS),
    page("custody/<int:custody_id>/check/", checked_custody, "check-custody", to=FILES),
    page("custody/<int:custody_id>/return/", returned_card, "return-card", to=FILES),
    page("pay-runs/<str:month>/", pay_run, "pay-run", to=MONEY),
    page("pay-runs/<str:month>/<slug:term>/", pay_term, "pay-term", to=MONEY),
]
