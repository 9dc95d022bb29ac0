"""整站: a small county in which every page of the site has something to show, and where each page is found."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from opendibao.evaluation.actions import lock_year
from opendibao.intake.actions import record_lead
from opendibao.intake.drafts import save_draft
from opendibao.outreach.actions import open_ticket
from opendibao.rulemaking.actions import draft_change
from tests.budget.papers import came
from tests.decision import beyond, in_village, waiting
from tests.decision.builders import covered
from tests.decision.rosters import bring_rows, loner
from tests.evaluation import receiving, sampled_year, small_county, year_plan
from tests.evaluation.year import LOCKED, YEAR
from tests.intake import entering
from tests.payment.builders import COUNTY, FAR_VILLAGE, VILLAGE, at, divisions, family
from tests.registry import agreements
from tests.registry.builders import VILLAGE as MEETING_VILLAGE
from tests.registry.builders import divisions as more_divisions
from tests.verification import visited
from tests.verification.deliveries.standing import bank_file
from tests.verification.requests import asked
from tests.web import shelved

FOUND = date(2025, 1, 3)
HOME = "999999-00001"
# by the name of the URL list: what the demonstration's viewer opens
SEEN = {
    "county": "/?year=2024", "rows": "/rows/paid/?year=2024", "search": "/search?q=成员1", "today": "/today/",
    "household": f"/households/{HOME}/", "leads": "/leads/", "publicity": "/outreach/",
    "trainings": "/outreach/trainings/", "posts": "/outreach/posts/", "hotline": "/hotline/",
    "pay-runs": "/pay-runs/?year=2024", "pay-run": "/pay-runs/2024-01/", "pay-term": "/pay-runs/2024-01/opening/",
    "budget": "/budget/?year=2024", "evaluation": "/evaluation/?year=2024",
    "scores": "/evaluation/scores/?year=2024", "figure": "/figures/paid/?year=2024",
    "indicators": "/evaluation/indicators/?year=2024", "reports": "/evaluation/reports/?year=2024",
    "sheet": "/evaluation/sheet/?year=2024", "years": "/evaluation/years/?year=2024",
    "sensitivity": "/evaluation/sensitivity/?year=2024", "townships": "/evaluation/townships/?year=2024",
    "indicator": "/evaluation/indicators/satisfaction/?year=2024",
    "filed": "/evaluation/filed/?year=2024",
    "report-editor": "/evaluation/report/?year=2024", "report-difference": "/evaluation/report/2024/difference/",
    "deviation": "/evaluation/deviation/?year=2024", "problems": "/evaluation/problems/?year=2024",
    "problem": "/evaluation/problems/11/?year=2024",
    "samples": "/samples/?year=2024", "sample-results": "/samples/satisfaction/results/?year=2024",
    "repeat-sample": "/samples/arrival/repeat/?year=2024", "sample-list": "/samples/arrival/list/?year=2024",
    "sample-paper": "/samples/satisfaction/paper/?year=2024", "interviews": "/samples/interviews/?year=2024",
    "interview": "/samples/interviews/{talk}/", "living-conditions": f"/households/{HOME}/years/?year=2024",
    "accuracy-sample": "/samples/accuracy/?year=2024", "satisfaction-sample": "/samples/satisfaction/?year=2024",
    "opening": "/opening/", "rejects": "/opening/{file}/", "dual-track": "/opening/dual-track/", "outbox": "/outbox/",
    "unscheduled": "/today/unscheduled/", "account_login": "/sign-in/",
    "what-if": f"/households/{HOME}/what-if/?standard=%2B8%25", "standards": "/standards/", "rules": "/rules/",
    "standard": "/standards/standard.rural/", "rule": "/rules/household/gap_benefit/",
    "standards-difference": "/standards/difference/?from=2024-01-01&to=2026-07-01",
    "standards-what-if": "/standards/what-if/?rural=%2B8%25", "standards-changes": "/standards/changes/",
    "change": "/standards/changes/{change}/", "check-report": "/evaluation/check/",
    "goals": "/evaluation/goals/?year=2024", "goal": "/evaluation/goals/{goal}/",
    "blank-papers": "/papers/blank/",
    "plan": "/evaluation/plan/?year=2024", "materials": "/evaluation/materials/?year=2024",
    "submissions": "/evaluation/submission/?year=2023", "rectifications": "/evaluation/rectification/?year=2023",
    "submission-opinion": "/evaluation/submission/{submission}/opinion/",
}  # fmt: skip
# what waits for the county, and what it decided
SEEN |= {"alerts": "/alerts/", "rematches": "/rematch/"}
SEEN |= {
    "approvals": "/approvals/", "approval": "/approvals/{clean_case}/", "hits": "/cases/{doubtful_case}/hits/",
    "letters": "/letters/", "decision-letter": "/decisions/{decided}/letter/",
    "approval-batch": "/approvals/batches/{batch}/",
}  # fmt: skip
# what a village votes, posts and publishes
SEEN |= {
    "meetings": "/meetings/", "meeting": "/meetings/{meeting}/", "notices": "/notices/", "notice": "/notices/{sheet}/",
    "objections": "/objections/", "publications": "/publication/",
    "publication": f"/publication/{MEETING_VILLAGE}/2025-01/",
}  # fmt: skip
# what a signed-in clerk opens: forms, and his own account
DONE = {
    "new-application": "/applications/new/", "drafts": "/applications/drafts/",
    "application": "/applications/{draft}/", "drop-draft": "/applications/{draft}/drop/",
    "take-back-draft": "/applications/{draft}/take-back/",
    "new-lead": "/leads/new/", "contact-lead": "/leads/{lead}/contact/", "new-ticket": "/hotline/new/",
    "answer-ticket": "/hotline/热1/answer/", "correct-account": f"/households/{HOME}/account/",
    "move-household": f"/households/{HOME}/place/", "account": "/account/", "mfa_activate_totp": "/account/totp/",
    "ask-sampled": "/samples/satisfaction/ask/{unit}/?year=2024", "new-interview": "/samples/interviews/new/",
    "ask-on-screen": "/samples/satisfaction/screen/{unit}/?year=2024",
    "import-answers": "/samples/satisfaction/import/?year=2024",
    "account_change_password": "/account/password/", "keep-review": f"/households/{HOME}/review/",
}  # fmt: skip
DONE |= {
    "give-opinion": "/cases/{verified_case}/opinion/", "report-case": "/cases/{noticed_case}/report/",
    "dispose-hit": "/cases/{doubtful_case}/hits/{open_hit}/",
    "undo-hit": "/cases/{doubtful_case}/hits/{settled_hit}/undo/",
    "explain-hit": "/cases/{doubtful_case}/hits/{open_hit}/explain/",
    "object-hit": "/cases/{doubtful_case}/hits/{open_hit}/object/",
    "tell-mismatch": "/cases/{doubtful_case}/hits/tell/", "dispose-clean": "/cases/{doubtful_case}/hits/clean/",
    "deliver-decision": "/decisions/{batched}/letter/deliver/",
}  # fmt: skip
DONE |= {
    "new-meeting": f"/meetings/new/?division={MEETING_VILLAGE}", "signed-minutes": "/meetings/{meeting}/minutes/",
    "contest-vote": "/cases/{voted_case}/contest/", "post-notices": f"/notices/new/?division={MEETING_VILLAGE}",
    "take-down-notices": "/notices/{sheet}/take-down/", "new-objection": "/cases/{objected_case}/object/",
    "settle-objection": "/objections/{objection}/settle/",
    "publish-village": f"/publication/{MEETING_VILLAGE}/2025-01/post/",
}  # fmt: skip
# what the county's officers open when a month is paid
COUNTED = {
    "compute-run": "/pay-runs/2024-02/compute/", "check-run": "/pay-runs/2024-01/check/",
    "approve-run": "/pay-runs/2024-01/approve/", "draft-change": "/standards/standard.rural/change/",
    "approve-change": "/standards/changes/{change}/approve/",
    "schedule-change": "/standards/changes/{change}/schedule/",
    "withdraw-change": "/standards/changes/{change}/withdraw/",
    "draw-sample": "/samples/satisfaction/draw/?year=2025",
    "start-sheet": "/evaluation/sheet/2025/start/", "sheet-from-province": "/evaluation/sheet/2025/from-province/",
    "sheet-from-last-year": "/evaluation/sheet/2025/from-last-year/", "import-sheet": "/evaluation/sheet/2024/import/",
    "sheet-terms": "/evaluation/sheet/2024/terms/", "undo-sheet": "/evaluation/sheet/2024/undo/",
    "add-row": "/evaluation/sheet/2024/add/", "edit-row": "/evaluation/sheet/2024/rows/rural_persons/",
    "remove-row": "/evaluation/sheet/2024/rows/rural_persons/remove/",
    "place-row": "/evaluation/sheet/2024/rows/rural_persons/place/",
    "give-score": "/evaluation/sheet/2024/rows/rural_persons/score/",
    "take-over-goals": "/evaluation/goals/take-over/?year=2025", "new-goal": "/evaluation/goals/new/?year=2024",
    "change-goal": "/evaluation/goals/{goal}/change/", "move-goal": "/evaluation/goals/{goal}/move/",
    "write-plan": "/evaluation/plan/write/?year=2024", "restore-plan": "/evaluation/plan/1/restore/?year=2024",
    "finish-step": "/evaluation/plan/steps/{step}/finish/",
    "reopen-step": "/evaluation/plan/steps/{done_step}/reopen/",
    "new-material": "/evaluation/materials/new/?year=2024",
    "change-material": "/evaluation/materials/{material}/change/",
    "receive-material": "/evaluation/materials/{missing}/receive/",
    "return-material": "/evaluation/materials/{material}/return/",
    "withdraw-material": "/evaluation/materials/{material}/withdraw/",
    "restore-material": "/evaluation/materials/{withdrawn}/restore/",
    "retake-figures": "/evaluation/report/2024/figures/", "finish-report": "/evaluation/report/2024/finish/",
    "write-text": "/evaluation/report/2024/text/counts/",
    "restore-text": "/evaluation/report/2024/text/counts/restore/",
    "sign-finding": "/evaluation/report/2024/note/W02/?where=指标表分值合计",
    "file-report": "/evaluation/filed/2024/new/",
    "submit-result": "/evaluation/submission/send/?year=2024",
    "reply-question": "/evaluation/submission/questions/{question}/reply/",
    "ask-question": "/evaluation/submission/{submission}/ask/",
    "finance-score": "/evaluation/submission/{submission}/rows/rural_persons/",
    "return-submission": "/evaluation/submission/{submission}/return/",
    "accept-submission": "/evaluation/submission/{submission}/accept/",
    "take-rectifications": "/evaluation/rectification/take/?year=2024",
    "take-into-rectification": "/evaluation/rectification/new/?year=2024&origin=indicator:staff_trainings",
    "change-rectification": "/evaluation/rectification/{point}/change/",
    "close-rectification": "/evaluation/rectification/{point}/close/",
    "reopen-rectification": "/evaluation/rectification/{closed_point}/reopen/",
}  # fmt: skip
COUNTED |= {"start-rematch": "/rematch/start/"}
COUNTED |= {
    "batch": "/approvals/batch/?case={clean_case}&case={doubtful_case}",
    "void-batch": "/approvals/batches/{batch}/void/", "confirm-case": "/approvals/{clean_case}/confirm/",
    "refuse-confirmation": "/approvals/{doubtful_case}/refuse/", "send-back-case": "/approvals/{clean_case}/return/",
    "county-visit": "/approvals/{clean_case}/visit/", "decide-review": "/cases/{review_case}/change/",
    "note-letter": "/decisions/{batched}/letter/note/", "void-decision": "/decisions/{batched}/void/",
}  # fmt: skip
# a new standard for everybody, and what is paid besides when prices rise
SEEN |= {"upratings": "/upratings/", "price-supplements": "/price-supplements/"}
COUNTED |= {"prepare-uprating": "/upratings/new/", "propose-price-supplement": "/price-supplements/new/"}
# the time of a case, and the family heard
SEEN |= {"overdue-cases": "/today/overdue/"}
COUNTED |= {
    "tell-hearing": "/cases/{review_case}/hearing/tell/", "record-hearing": "/cases/{review_case}/hearing/",
    "pause-clock": "/cases/{verified_case}/pause/", "resume-clock": "/cases/{verified_case}/resume/",
    "extend-case": "/cases/{verified_case}/extend/",
}  # fmt: skip
# what two surveyors visit, and what is asked of others
SEEN |= {"surveys": "/surveys/", "survey": "/cases/{visited}/surveys/1/", "matching": "/matching/"}
SEEN |= {
    "match-report": "/cases/{doubtful_case}/match/report/", "match-numbers": "/matching/numbers/?year=2024",
    "match-answers": "/matching/numbers/answers/?year=2024", "match-link-rows": "/matching/numbers/links/?year=2024",
}  # fmt: skip
COUNTED |= {"run-matching": "/matching/run/", "run-match": "/cases/{asked_about}/match/run/"}
DONE |= {
    "order-survey": "/cases/{to_visit}/order-survey/", "new-survey": "/cases/{to_visit}/survey/",
    "correct-survey": "/cases/{visited}/survey/correct/", "interview-neighbour": "/cases/{to_visit}/neighbour/",
    "refused-visit": "/cases/{to_visit}/refused-visit/", "send-evidence-letter": "/cases/{to_visit}/evidence/",
    "answer-evidence-letter": "/cases/{asked_about}/evidence/{evidence_letter}/reply/",
    "request-match": "/cases/{to_visit}/match/request/", "answer-match": "/cases/{asked_about}/match/answer/",
}  # fmt: skip
# how a case comes in, what is signed, told and handed over, and what families send themselves
SEEN |= {
    "cases": "/cases/?view=all", "case": "/cases/{taken}/", "relatives": "/relatives/",
    "online-applications": "/online/?view=all", "online-application": "/online/{online}/",
    "apply-online": "/apply/", "apply-status": "/apply/status/",
}  # fmt: skip
DONE |= {
    "accept-case": "/cases/{fresh}/accept/", "return-case": "/cases/{fresh}/return/",
    "resubmit-case": "/cases/{returned}/resubmit/", "refuse-case": "/cases/{fresh}/refuse/",
    "withdraw-case": "/cases/{fresh}/withdraw/", "discontinue-case": "/cases/{taken}/discontinue/",
    "sign-consent": "/cases/{fresh}/sign/", "sign-supporter": "/cases/{fresh}/sign-supporter/",
    "revoke-consent": "/cases/{taken}/consents/{signed}/revoke/", "give-mandate": "/cases/{returned}/mandate/",
    "attach-to-case": "/cases/{taken}/attach/",
    "register-relative": "/cases/{fresh}/relative/", "deliver-letter": "/letters/{letter}/deliver/",
    "undeliver-letter": "/letters/{handed}/take-back/", "answer-online": "/online/{online}/answer/",
}  # fmt: skip
# beside and after yes and no
SEEN |= {
    "low-income": "/low-income/",
    "referrals": "/referrals/?view=all",
    "referral": "/referrals/{referral}/",
    "inquiries": "/inquiries/?view=all",
    "inquiry": "/inquiries/{closed_inquiry}/",
}
DONE |= {
    "refer-household": f"/referrals/new/{HOME}/", "close-referral": "/referrals/{referral}/close/",
}  # fmt: skip
COUNTED |= {
    "recognise-low-income": "/cases/{edge_case}/low-income/", "recheck-low-income": "/low-income/{edge_entry}/recheck/",
    "end-low-income": "/low-income/{edge_entry}/end/", "open-inquiry": "/decisions/{decided}/inquiry/",
    "close-inquiry": "/inquiries/{inquiry}/close/",
}  # fmt: skip
# what goes up to the superior system, and the files of the families
SEEN |= {
    "reporting-files": "/outbox/files/",
    "entry-lag": "/outbox/lag/?year=2024",
    "archives": "/archive/",
    "archive": "/archive/{shelf}/",
}
DONE |= {
    "correct-return": "/outbox/returns/{sent_back}/", "open-archive": "/archive/new/A1/",
    "fill-archive": "/archive/{shelf}/fill/", "add-paper": "/archive/{shelf}/add/",
    "check-archive": "/archive/{shelf}/check/", "close-archive": "/archive/{shelf}/close/",
    "lend-archive": "/archive/{shelf}/lend/", "return-archive": "/archive/{lent_shelf}/return/",
    "take-out-paper": "/archive/papers/{filed_paper}/take-out/",
}  # fmt: skip
COUNTED |= {
    "make-reporting-file": "/outbox/send/",
    "import-receipts": "/outbox/receipts/",
    "take-receipts": "/outbox/receipts/take/",
}
# a month's run: its list, its checks, the townships and what is held
SEEN |= {
    "run-lines": "/pay-runs/2024-01/lines/", "run-checks": "/pay-runs/2024-01/checks/",
    "run-check": "/pay-runs/2024-01/checks/dead/", "run-towns": "/pay-runs/2024-01/towns/",
    "run-holds": "/pay-runs/2024-01/holds/", "money-changes": "/money-changes/",
    "money-orders": "/money-changes/orders/", "forgotten-months": "/money-changes/forgotten/",
}  # fmt: skip
# what went to the bank and came back
SEEN |= {
    "reconciliation": "/pay-runs/2024-01/reconciliation/",
    "reconciliation-rows": "/pay-runs/2024-01/reconciliation/returned/",
    "run-exceptions": "/pay-runs/2024-01/exceptions/", "vouchers": "/pay-runs/2024-01/vouchers/",
    "statement": "/pay-runs/2024-01/statement/", "returns": "/returns/?view=all",
}  # fmt: skip
SEEN |= {"funds": "/funds/?year=2024"}
COUNTED |= {"enter-arrival": "/funds/arrivals/new/", "take-back-arrival": "/funds/arrivals/{fund_arrival}/back/"}
COUNTED |= {"take-arrivals": "/funds/arrivals/table/"}
COUNTED |= {
    "account-check": "/pay-runs/2024-01/accounts/", "take-account-answers": "/pay-runs/2024-01/accounts/answers/",
    "send-run": "/pay-runs/2024-01/send/", "take-result": "/pay-runs/2024-01/result/",
    "decide-exceptions": "/pay-runs/2024-01/exceptions/decide/", "enter-voucher": "/pay-runs/2024-01/vouchers/new/",
    "take-statement": "/pay-runs/2024-01/statement/new/", "close-run": "/pay-runs/2024-01/close/",
}  # fmt: skip
DONE |= {"confirm-township": "/pay-runs/2024-01/confirm/"}
COUNTED |= {
    "recompute-run": "/pay-runs/2024-01/compute/again/", "look-again": "/pay-runs/2024-01/checks/again/",
    "settle-findings": "/pay-runs/2024-01/checks/settle/", "sign-checks": "/pay-runs/2024-01/checks/sign/",
    "return-run": "/pay-runs/2024-01/return/", "ask-change": f"/money-changes/ask/suspension/{HOME}/",
}  # fmt: skip
# another account, who collects for a family, who keeps its card
SEEN |= {
    "account-changes": "/account-changes/", "proxies": "/proxies/", "proxy": "/proxies/{proxy}/",
    "custodies": "/custody/", "custody": "/custody/{custody}/",
}  # fmt: skip
DONE |= {
    "confirm-account-change": "/account-changes/{account_change}/confirm/",
    "drop-account-change": "/account-changes/{account_change}/drop/", "new-proxy": f"/proxies/new/{HOME}/",
    "review-proxy": "/proxies/{proxy}/review/", "end-proxy": "/proxies/{proxy}/end/",
    "new-custody": f"/custody/new/{HOME}/", "check-custody": "/custody/{custody}/check/",
    "return-card": "/custody/{custody}/return/",
}  # fmt: skip
COUNTED |= {"file-proxy": "/proxies/{proxy}/note/", "file-custody": "/custody/{custody}/note/"}
# what other provinces are asked
SEEN |= {
    "region-requests": "/region-requests/", "region-request": "/region-requests/{region_partly}/",
    "case-requests": "/cases/{region_case}/region-requests/", "region-messages": "/region-requests/messages/",
    "region-message": "/region-requests/messages/{region_message}/",
}  # fmt: skip
DONE |= {"new-region-request": "/cases/{region_case}/region-requests/new/"}
COUNTED |= {
    "send-region-requests": "/region-requests/send/", "receive-region-message": "/region-requests/receive/",
    "end-region-requests": "/region-requests/end/", "collect-region-messages": "/region-requests/collect/",
    "cancel-region-request": "/region-requests/{region_draft}/cancel/",
    "recheck-region-request": "/region-requests/{region_expired}/recheck/",
}  # fmt: skip
# what departments delivered
SEEN |= {
    "deliveries": "/deliveries/", "delivery": "/deliveries/{bank_file}/",
    "source-layout": "/deliveries/sources/bank_deposits/",
}  # fmt: skip
COUNTED |= {
    "receive-delivery": "/deliveries/new/?source=bank_deposits", "link-delivery": "/deliveries/{bank_file}/link/",
}  # fmt: skip
# other figures, empty years, what is not there, what is asked wrongly, what is not for him
MORE_SEEN = (
    "/rows/households/?year=2024", "/rows/persons/?year=2024", "/rows/months/?year=2024", "/rows/returned/?year=2024",
    "/rows/entered/?year=2024", "/?year=2025", "/evaluation/?year=2025", "/search?q=无此人", "/households/A1/",
    "/nowhere", "/rows/paid/?year=abc", "/today/?group=done",
    "/standards/?q=月亮", "/rules/?q=月亮", "/standards/difference/?from=2024-03-01&to=2024-03-02",
    "/standards/what-if/?rural=x", f"/households/{HOME}/what-if/?deposits=x&m0_grade=1", "/households/A1/what-if/",
    "/evaluation/goals/?year=2025", "/evaluation/plan/?year=2024&version=1", "/evaluation/materials/?year=2025",
    "/evaluation/submission/?year=2025", "/evaluation/rectification/?year=2024",
    "/deliveries/?view=files",
    "/approvals/?view=look", "/approvals/?view=review", "/approvals/{doubtful_case}/", "/cases/{clean_case}/hits/",
)  # fmt: skip
MORE_DONE = (
    "/cases/", "/cases/{fresh}/", "/cases/{returned}/", "/cases/?view=overdue", "/online/", "/today/",
    "/budget/?year=2024", "/?year=2024",
)  # fmt: skip
# who was asked about, lists for departments, what is kept how long
SEEN |= {
    "household-lookups": f"/lookups/households/{HOME}/", "lookup-audit": "/lookups/?days=365",
    "lookup-audit-day": "/lookups/day/?officer=李审核&day=2025-01-06", "exchanges": "/exchanges/",
    "retention": "/retention/",
}  # fmt: skip
COUNTED |= {"make-exchange": "/exchanges/new/"}
# these show no page of their own
NO_PAGE = {
    "household-lookups-file": "a file", "lookup-audit-file": "a file", "exchange-workbook": "a file",
    "exchange-ndjson": "a file",
    "exchange": "tests/web/verification/test_privacy_pages.py: no list here",
    "hand-over-key": "tests/web/verification/test_privacy_pages.py: no list here",
    "answer-exchange": "tests/web/verification/test_privacy_pages.py: no list here",
    "purge-delivery": "tests/web/verification/test_privacy_pages.py: nothing is due here",
    "alerts-file": "a file", "rematch-gaps-file": "a file", "rematch-progress": "a part of a page",
    "alert": "tests/web/verification/test_alert_pages.py: no warning here",
    "explain-alert": "tests/web/verification/test_alert_pages.py: no warning here",
    "visit-alert": "tests/web/verification/test_alert_pages.py: no warning here",
    "settle-alert": "tests/web/verification/test_alert_pages.py: no warning here",
    "return-alert": "tests/web/verification/test_alert_pages.py: no warning here",
    "alert-of-another": "tests/web/verification/test_alert_pages.py: no warning here",
    "undo-alert": "tests/web/verification/test_alert_pages.py: no warning here",
    "open-alert-case": "tests/web/verification/test_alert_pages.py: no warning here",
    "settle-recheck": "tests/scenarios/test_matching_story.py: no objection to a record here",
    "settle-link": "tests/scenarios/test_matching_story.py: no doubtful row here",
    "undo-link": "tests/scenarios/test_matching_story.py: nothing is settled here",
    "rematch": "tests/web/verification/test_alert_pages.py: no run here",
    "uprating": "tests/web/payment/test_upratings.py: nothing is uprated here",
    "uprating-line": "tests/web/payment/test_upratings.py: nothing is uprated here",
    "approve-uprating": "tests/web/payment/test_upratings.py: nothing is uprated here",
    "withdraw-uprating": "tests/web/payment/test_upratings.py: nothing is uprated here",
    "deliver-uprating": "tests/web/payment/test_upratings.py: nothing is uprated here",
    "order-back-pay": "tests/web/payment/test_upratings.py: nothing is uprated here",
    "approve-price-supplement": "tests/web/payment/test_upratings.py: no price supplement here",
    "withdraw-price-supplement": "tests/web/payment/test_upratings.py: no price supplement here",
    "order-price-supplement": "tests/web/payment/test_upratings.py: no price supplement here",
    "uprating-villages": "tests/web/payment/test_upratings.py: nothing is uprated here",
    "uprating-file": "tests/web/payment/test_upratings.py: nothing is uprated here",
    "settle-back-pay": "tests/web/payment/test_upratings.py: nothing is uprated here",
    "price-supplement": "tests/web/payment/test_upratings.py: no price supplement here",
    "settle-price-orders": "tests/web/payment/test_upratings.py: no price supplement here",
    "report-file": "a file", "export-sheet": "a file", "judge-row": "tests/web/test_sheet.py: no judged row here",
    "sample-sheet": "a file", "opinion-file": "a file", "rectification-file": "a file",
    "materials-file": "a file", "calculation-note": "a file", "report-paper": "a file", "monitoring-paper": "a file",
    "chart": "a picture",
    "cases-file": "a file", "relatives-file": "a file", "next-case": "leads to a case",
    "applied-online": "after an application: tests/web/intake/test_online.py",
    "deliveries-file": "a file", "delivery-rejects": "a file", "source-template": "a file", "source-sample": "a file",
    "region-requests-file": "a file", "region-message-file": "a file",
    "settle-late-answer": "tests/web/verification/test_region_requests.py: no late answer here",
    "match-report-word": "a file", "match-numbers-file": "a file", "match-answers-file": "a file",
    "surveys-file": "a file", "attachment": "a file", "outbox-list": "a file", "reporting-file": "a file",
    "entry-lag-file": "a file", "archives-file": "a file", "archive-print": "a file",
    "funds-file": "a file", "funds-arrivals-file": "a file",
    "account-check-file": "a file", "run-file": "a file", "run-roster": "a file",
    "run-papers": "a file", "return-slip": "a file",
    "receivable": "tests/web/payment/test_money_changes.py: nothing is claimed here",
    "settle-change": "tests/web/payment/test_money_changes.py: nothing is asked here",
    "change-letter": "tests/web/payment/test_money_changes.py: nothing is approved here",
    "run-checks-file": "a file", "release-hold": "tests/web/payment/test_run_holds.py: nothing is held here",
    "cancel-hold": "tests/web/payment/test_run_holds.py: nothing is held here",
    "account-changes-file": "a file", "proxies-file": "a file", "custodies-file": "a file",
    "household-paper": "a file", "blank-proxy-agreement": "a file", "proxy-agreement": "a file",
    "blank-custody-agreement": "a file", "custody-agreement": "a file",
    "low-income-file": "a file", "referrals-file": "a file", "inquiries-file": "a file",
    "case-decision": "leads to the letter", "case-papers": "a file", "case-letter-pdf": "a file",
    "letter-pdf": "a file", "village-pack": "a file",
    "publication-file": "a file", "case-meeting": "leads to the meeting form", "case-notice": "leads to the preview",
    "case-objection": "leads to the objection", "notice-poster": "a file", "publication-poster": "a file",
    "sandbox": "tests/scenarios/test_sandbox.py, like all of the sandbox",
    "sandbox-progress": "", "sandbox-make": "", "sandbox-enter": "", "sandbox-leave": "", "sandbox-drop": "",
    "account_logout": "a button", "take-role": "a button", "mfa_authenticate": "after a password",
    "mfa_view_recovery_codes": "after a password again", "mfa_generate_recovery_codes": "after a password again",
    "mfa_reauthenticate": "after a password", "account_reauthenticate": "after a quarter of an hour",
}  # fmt: skip
# one page of each template, for what is slow to look at
OF_A_KIND = (
    "/?year=2024", "/today/", f"/households/{HOME}/", "/rows/paid/?year=2024", "/pay-runs/2024-01/",
    "/evaluation/?year=2024", "/figures/paid/?year=2024", "/sign-in/", "/nowhere", "/standards/",
    f"/households/{HOME}/what-if/",
)  # fmt: skip


@dataclass(frozen=True)
class Addresses:
    """Where the pages are, now that the rows have their numbers: for the viewer, a clerk, the county's officer."""

    seen: list[str]
    done: list[str]
    counted: list[str]


def whole_site(folder: Path) -> Addresses:
    """Enter the county; afterwards every page has rows."""
    divisions()
    more_divisions()
    faulty = loner()
    faulty.household["账号"] = ""
    file = bring_rows(folder, faulty).file_id
    small_county.whole()
    family("C1", persons=1, fen=40000, division=FAR_VILLAGE).decide("stop", date(2024, 2, 1))
    covered()
    lead = record_lead(VILLAGE, source="grid", on=FOUND, at=at(FOUND), summary="独居，断了收入").pk
    open_ticket(
        VILLAGE, number="热1", kind="question", is_named=True, received_on=FOUND, summary="怎么申请", at=at(FOUND)
    )
    planned, sampled = year_plan.whole(), sampled_year.whole()
    lock_year(YEAR, COUNTY, at=LOCKED)
    received = receiving.whole()
    change = draft_change(
        "standard.rural", since=date(2025, 7, 1), value=80_000, source="演示参数：某政发〔2025〕3号第二条",
        reason="年度提标", is_verified=False, at=at(FOUND),
    ).pk  # fmt: skip
    draft = save_draft("d" * 32, division=VILLAGE, title="王秀英", content={"form": {}}, revision=0, at=at(FOUND)).pk
    waits, village, surveyed = waiting.whole(), in_village.whole(), visited.whole()
    found = {
        **vars(entering.whole()),
        **vars(asked.whole()),
        **vars(beyond.whole()),
        **vars(shelved.whole()),
        **vars(agreements.whole(HOME, "A1", FOUND)),
        **vars(waits), **vars(village), **vars(surveyed), **vars(planned), **vars(sampled), **vars(received),
        "file": file, "lead": lead, "change": change, "draft": draft,
        "fund_arrival": came(fen=20_000_000).pk, "bank_file": bank_file(FOUND),
    }  # fmt: skip
    return Addresses(
        [address.format(**found) for address in (*SEEN.values(), *MORE_SEEN)],
        [address.format(**found) for address in (*DONE.values(), *MORE_DONE)],
        [address.format(**found) for address in COUNTED.values()],
    )
