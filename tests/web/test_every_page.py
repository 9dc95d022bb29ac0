"""每一页: opens, is whole HTML without inline style or script, has one heading, and asks the database little."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from django.db import connection
from django.urls import URLPattern
from pytest_django import DjangoDbBlocker

from opendibao.web.access import policy_of
from opendibao.web.urls import urlpatterns
from tests.payment.builders import OTHER_VILLAGE, family
from tests.payment.months import JANUARY, paid
from tests.standing import standing
from tests.web.conftest import Reader

MOST_QUERIES = 20
MOST = {"/today/": 38}  # one query a kind of work, and the run at hand, which the real site remembers
NAMES = "SELECT code, name FROM registry_division"
# where each page of the list is to be found; a page that is missing here fails the first test
ADDRESSES = {
    "county": "/?year=2024", "rows": "/rows/paid/?year=2024", "report-file": "", "search": "/search?q=成员1",
    "household-lookups": "/lookups/households/A1/", "household-lookups-file": "", "lookup-audit": "/lookups/?days=90",
    "lookup-audit-file": "", "lookup-audit-day": "/lookups/day/?officer=王经办&day=2024-03-06",
    "exchanges": "/exchanges/", "retention": "/retention/",
    "deliveries": "/deliveries/", "source-layout": "/deliveries/sources/tax/",
    # one file, its forms and workbooks: tests/web/verification/test_deliveries.py
    "delivery": "", "deliveries-file": "", "delivery-rejects": "", "source-template": "", "source-sample": "",
    "receive-delivery": "", "link-delivery": "",
    # one list, its files and forms: tests/web/verification/test_privacy_pages.py
    "exchange": "", "make-exchange": "", "exchange-workbook": "", "exchange-ndjson": "", "hand-over-key": "",
    "answer-exchange": "", "purge-delivery": "",
    "alerts": "/alerts/", "rematches": "/rematch/",
    # what needs a run, files and forms: tests/web/verification/test_alert_pages.py
    "alerts-file": "", "alert": "", "explain-alert": "", "visit-alert": "", "settle-alert": "", "return-alert": "",
    "alert-of-another": "", "undo-alert": "", "open-alert-case": "", "rematch-progress": "", "start-rematch": "",
    "rematch": "", "rematch-gaps-file": "",
    "household": "/households/A1/", "calculation-note": "", "leads": "/leads/",
    "publicity": "/outreach/", "trainings": "/outreach/trainings/",
    "posts": "/outreach/posts/", "hotline": "/hotline/", "pay-runs": "/pay-runs/?year=2024",
    "pay-run": "/pay-runs/2024-01/", "pay-term": "/pay-runs/2024-01/opening/",
    "run-lines": "/pay-runs/2024-01/lines/", "run-checks": "/pay-runs/2024-01/checks/",
    "run-check": "/pay-runs/2024-01/checks/dead/", "run-towns": "/pay-runs/2024-01/towns/",
    "run-holds": "/pay-runs/2024-01/holds/",
    # a receivable, letters and forms: tests/web/payment/test_money_changes.py
    "money-changes": "/money-changes/", "money-orders": "/money-changes/orders/", "receivable": "", "settle-change": "",
    "ask-change": "", "change-letter": "", "forgotten-months": "/money-changes/forgotten/",
    "reconciliation": "/pay-runs/2024-01/reconciliation/",
    "reconciliation-rows": "/pay-runs/2024-01/reconciliation/sent/",
    "run-exceptions": "/pay-runs/2024-01/exceptions/", "vouchers": "/pay-runs/2024-01/vouchers/",
    "statement": "/pay-runs/2024-01/statement/", "returns": "/returns/?view=all", "funds": "/funds/?year=2024",
    # files and forms: tests/web/payment/test_funds.py, test_fund_tables.py
    "funds-file": "", "enter-arrival": "", "take-back-arrival": "", "funds-arrivals-file": "", "take-arrivals": "",
    # files and forms: tests/web/payment/test_reconciliation.py, test_money_sides.py, test_accounts.py, test_papers.py
    "upratings": "/upratings/", "price-supplements": "/price-supplements/",
    # what needs an uprating, and forms: tests/web/payment/test_upratings.py
    "uprating": "", "uprating-line": "", "prepare-uprating": "", "approve-uprating": "", "withdraw-uprating": "",
    "order-back-pay": "", "deliver-uprating": "", "propose-price-supplement": "", "approve-price-supplement": "",
    "withdraw-price-supplement": "", "order-price-supplement": "", "uprating-villages": "", "uprating-file": "",
    "settle-back-pay": "", "price-supplement": "", "settle-price-orders": "",
    "account-check": "", "account-check-file": "", "take-account-answers": "", "send-run": "", "run-file": "",
    "take-result": "", "decide-exceptions": "", "enter-voucher": "", "take-statement": "", "close-run": "",
    "run-roster": "", "run-papers": "", "return-slip": "",
    # a file and forms: tests/web/payment/
    "run-checks-file": "", "recompute-run": "", "look-again": "", "settle-findings": "", "sign-checks": "",
    "confirm-township": "", "release-hold": "", "cancel-hold": "", "return-run": "", "budget": "/budget/?year=2024",
    "evaluation": "/evaluation/?year=2024", "scores": "/evaluation/scores/?year=2024", "figure": "",
    "indicators": "/evaluation/indicators/?year=2024",
    "indicator": "/evaluation/indicators/paid_in_full/?year=2024",
    "accuracy-sample": "/samples/accuracy/?year=2024",
    "samples": "/samples/?year=2024", "sample-results": "/samples/satisfaction/results/?year=2024",
    "sample-list": "/samples/arrival/list/?year=2024", "sample-paper": "/samples/arrival/paper/?year=2024",
    "interviews": "/samples/interviews/?year=2024", "living-conditions": "/households/A1/years/?year=2024",
    # a file, what needs a draw or a talk, and forms: tests/web/test_samples.py, test_interviews.py
    "sample-sheet": "", "repeat-sample": "", "interview": "", "draw-sample": "", "ask-sampled": "", "ask-on-screen": "",
    "import-answers": "", "new-interview": "",
    "satisfaction-sample": "/samples/satisfaction/?year=2024", "opening": "/opening/", "rejects": "",
    "today": "/today/", "unscheduled": "/today/unscheduled/",
    "dual-track": "/opening/dual-track/", "outbox": "/outbox/",
    "reporting-files": "/outbox/files/", "entry-lag": "/outbox/lag/?year=2024",
    # files and forms: tests/web/decision/test_outbox.py
    "outbox-list": "", "make-reporting-file": "", "reporting-file": "", "import-receipts": "", "take-receipts": "",
    "correct-return": "", "entry-lag-file": "",
    "what-if": "/households/A1/what-if/", "standards": "/standards/", "rules": "/rules/",
    "standard": "/standards/standard.rural/", "rule": "/rules/household/gap_benefit/",
    "standards-difference": "/standards/difference/?from=2024-01-01&to=2026-07-01",
    "standards-what-if": "/standards/what-if/?rural=%2B8%25", "standards-changes": "/standards/changes/",
    "sandbox": "", "sandbox-progress": "", "sandbox-make": "", "sandbox-enter": "", "sandbox-leave": "",
    "sandbox-drop": "",
    "check-report": "/evaluation/check/",
    "goals": "/evaluation/goals/?year=2024", "plan": "/evaluation/plan/?year=2024",
    "blank-papers": "/papers/blank/",
    # files: tests/web/test_case_papers.py
    "case-papers": "", "case-letter-pdf": "", "letter-pdf": "", "village-pack": "", "notice-poster": "",
    "publication-poster": "",
    "materials": "/evaluation/materials/?year=2024", "materials-file": "", "goal": "",
    "sheet": "/evaluation/sheet/?year=2024", "years": "/evaluation/years/?year=2024", "export-sheet": "",
    "sensitivity": "/evaluation/sensitivity/?year=2024", "townships": "/evaluation/townships/?year=2024",
    "submissions": "/evaluation/submission/?year=2024", "rectifications": "/evaluation/rectification/?year=2024",
    # what needs a submission, files and forms: tests/web/test_receiving.py
    "submission-opinion": "", "opinion-file": "", "rectification-file": "", "submit-result": "", "reply-question": "",
    "ask-question": "", "finance-score": "", "return-submission": "", "accept-submission": "",
    "take-rectifications": "", "take-into-rectification": "", "change-rectification": "", "close-rectification": "",
    "reopen-rectification": "",
    "filed": "/evaluation/filed/?year=2024",
    "reports": "/evaluation/reports/?year=2024",
    # files: tests/web/test_report_papers.py
    "report-paper": "", "monitoring-paper": "", "chart": "",
    "report-editor": "/evaluation/report/?year=2024", "report-difference": "/evaluation/report/2024/difference/",
    "deviation": "/evaluation/deviation/?year=2024", "problems": "/evaluation/problems/?year=2024",
    "problem": "/evaluation/problems/07/?year=2024",
    # forms, which the demonstration's viewer may not open: tests/web/test_acts_*.py
    "retake-figures": "", "write-text": "", "restore-text": "", "sign-finding": "", "finish-report": "",
    "file-report": "",
    "take-over-goals": "", "new-goal": "", "change-goal": "", "move-goal": "", "write-plan": "", "restore-plan": "",
    "finish-step": "", "reopen-step": "", "new-material": "", "change-material": "", "receive-material": "",
    "return-material": "", "withdraw-material": "", "restore-material": "",
    "new-ticket": "", "answer-ticket": "", "new-lead": "", "contact-lead": "", "correct-account": "",
    "account-changes": "/account-changes/?view=all", "proxies": "/proxies/", "custodies": "/custody/",
    # what needs a change, a proxy or a kept card, files and forms: tests/web/payment/test_account_custody.py
    "account-changes-file": "", "confirm-account-change": "", "drop-account-change": "", "household-paper": "",
    "proxies-file": "", "new-proxy": "", "proxy": "", "file-proxy": "", "review-proxy": "", "end-proxy": "",
    "blank-proxy-agreement": "", "proxy-agreement": "", "blank-custody-agreement": "", "custody-agreement": "",
    "custodies-file": "", "new-custody": "", "custody": "", "file-custody": "", "check-custody": "", "return-card": "",
    "move-household": "", "keep-review": "", "compute-run": "", "check-run": "", "approve-run": "",
    "start-sheet": "", "sheet-from-province": "", "sheet-from-last-year": "", "import-sheet": "", "sheet-terms": "",
    "undo-sheet": "", "add-row": "", "edit-row": "", "remove-row": "", "place-row": "", "give-score": "",
    "judge-row": "",
    # what needs a case, files and forms: tests/web/intake/
    "archives": "/archive/?state=open",
    # what needs a file, and forms: tests/web/intake/test_archive.py
    "archives-file": "", "archive": "", "archive-print": "", "open-archive": "", "fill-archive": "", "add-paper": "",
    "check-archive": "", "close-archive": "", "lend-archive": "", "return-archive": "", "take-out-paper": "",
    "cases": "/cases/?view=open", "cases-file": "", "case": "", "next-case": "", "relatives": "/relatives/",
    # forms: tests/web/intake/test_new_application.py, test_drafts.py
    "new-application": "", "application": "", "drafts": "", "drop-draft": "", "take-back-draft": "",
    "online-applications": "/online/?view=all", "online-application": "", "answer-online": "",
    "relatives-file": "", "accept-case": "", "return-case": "", "resubmit-case": "", "refuse-case": "",
    "withdraw-case": "", "discontinue-case": "", "sign-consent": "", "sign-supporter": "", "revoke-consent": "",
    "give-mandate": "", "attach-to-case": "", "register-relative": "", "deliver-letter": "", "undeliver-letter": "",
    "overdue-cases": "/today/overdue/", "tell-hearing": "", "record-hearing": "", "pause-clock": "", "resume-clock": "",
    "extend-case": "",
    "approvals": "/approvals/", "letters": "/letters/",
    # what needs a case that waits for the county: tests/web/decision/test_approvals.py, test_hits.py
    "batch": "", "approval-batch": "", "void-batch": "", "approval": "", "confirm-case": "", "refuse-confirmation": "",
    "send-back-case": "", "county-visit": "", "decide-review": "", "give-opinion": "", "report-case": "", "hits": "",
    "dispose-hit": "", "undo-hit": "", "case-decision": "", "decision-letter": "", "note-letter": "",
    "deliver-decision": "", "void-decision": "",
    "region-requests": "/region-requests/", "region-messages": "/region-requests/messages/",
    # what needs a request, files and forms: tests/web/verification/test_region_requests.py
    "region-requests-file": "", "send-region-requests": "", "receive-region-message": "", "end-region-requests": "",
    "collect-region-messages": "",
    "region-message": "", "region-message-file": "", "region-request": "", "cancel-region-request": "",
    "recheck-region-request": "", "settle-late-answer": "", "case-requests": "", "new-region-request": "",
    # what needs a case, files and forms: tests/web/verification/
    "surveys": "/surveys/", "surveys-file": "", "attachment": "", "order-survey": "", "new-survey": "",
    "correct-survey": "", "survey": "", "interview-neighbour": "", "refused-visit": "", "send-evidence-letter": "",
    "answer-evidence-letter": "", "request-match": "", "answer-match": "",
    "matching": "/matching/", "match-numbers": "/matching/numbers/?year=2024", "match-numbers-file": "",
    "match-answers": "/matching/numbers/answers/?year=2024", "match-answers-file": "",
    "match-link-rows": "/matching/numbers/links/?year=2024",
    # what needs a case: tests/web/verification/test_report_of_match.py
    "match-report": "", "match-report-word": "",
    # what needs a hit or a doubtful row, and forms: tests/web/decision/test_hits.py, tests/scenarios/
    "run-matching": "", "run-match": "", "settle-link": "", "undo-link": "", "explain-hit": "", "object-hit": "",
    "settle-recheck": "", "tell-mismatch": "", "dispose-clean": "",
    "change": "", "draft-change": "", "approve-change": "", "schedule-change": "", "withdraw-change": "",
    "meetings": "/meetings/", "notices": "/notices/", "objections": "/objections/", "publications": "/publication/",
    "publication": "/publication/360429100001/2024-12/",
    # what needs a case, and forms: tests/web/decision/test_meetings.py, test_notices.py, test_objections.py
    "publication-file": "", "publish-village": "", "new-meeting": "", "meeting": "", "signed-minutes": "",
    "case-meeting": "", "case-objection": "", "contest-vote": "",
    "case-notice": "", "new-objection": "", "post-notices": "", "notice": "",
    "take-down-notices": "", "settle-objection": "",
    "low-income": "/low-income/?view=waiting", "referrals": "/referrals/?view=all", "inquiries": "/inquiries/?view=all",
    # what needs a refused family, files and forms: tests/web/decision/test_beyond.py
    "low-income-file": "", "recognise-low-income": "", "recheck-low-income": "", "end-low-income": "",
    "referrals-file": "", "referral": "", "close-referral": "", "refer-household": "", "inquiries-file": "",
    "inquiry": "", "close-inquiry": "", "open-inquiry": "",
}  # fmt: skip
PAGES = [address for address in ADDRESSES.values() if address]
INLINE = re.compile(r"\sstyle=|<style|<script(?![^>]*\ssrc=)|\son[a-z]+=")


@pytest.fixture(scope="module")
def two(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Two households, one of which left, and a paid month."""
    with standing(django_db_blocker, _two):
        yield


def _two() -> None:
    family("A1", persons=3)
    left = family("B1", division=OTHER_VILLAGE)
    paid(JANUARY)
    left.decide("stop", date(2024, 2, 1))


def test_the_list_of_addresses_is_complete() -> None:
    pages = {pattern.name for pattern in urlpatterns if isinstance(pattern, URLPattern) and policy_of(pattern.callback)}
    assert pages == set(ADDRESSES)


@pytest.mark.usefixtures("two")
@pytest.mark.parametrize("address", PAGES)
class TestPage:
    def test_it_opens_whole(self, read: Reader, address: str) -> None:
        page = read(address)
        assert page.status == 200
        assert page.html.startswith("<!doctype html>")
        assert page.html.count("<h1") == 1
        assert '<html lang="zh-CN"' in page.html
        assert "演示数据 · 非真实人员" in page.words
        assert " · 低保业务系统</title>" in page.html
        assert "None" not in page.words

    def test_nothing_is_inline_and_nothing_comes_from_elsewhere(self, read: Reader, address: str) -> None:
        page = read(address)
        assert not INLINE.search(page.html)
        assert "http://" not in page.html
        assert "https://" not in page.html
        assert page.headers["Content-Security-Policy"].startswith("default-src 'self'")

    def test_it_asks_the_database_little(self, read: Reader, address: str) -> None:
        asked: list[str] = []

        def note(execute, sql, params, many, context):  # type: ignore[no-untyped-def]
            asked.append(sql)
            return execute(sql, params, many, context)

        with connection.execute_wrapper(note):
            read(address)
        # the names of places, asked again within a page, come from memory on the real site (web/remembering.py)
        asked = [sql for sql in asked if "FROM registry_division ORDER" not in sql] + [NAMES]
        queries = [sql for sql in asked if sql.lstrip().startswith(("SELECT", "WITH")) and "app.officer" not in sql]
        assert len(queries) <= MOST.get(address, MOST_QUERIES)

    def test_fields_have_labels_and_columns_have_heads(self, read: Reader, address: str) -> None:
        page = read(address)
        assert '<label class="sr" for="q">' in page.html
        assert page.html.count("<table") == page.html.count("<thead")
        assert "<th>" not in page.html  # every head says what it heads
