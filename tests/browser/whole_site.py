"""整站: a small county in which every page of the site has something to show, and where each page is found."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from opendibao.evaluation.actions import lock_year
from opendibao.intake.actions import record_lead
from opendibao.outreach.actions import open_ticket
from opendibao.rulemaking.actions import draft_change
from tests.decision.builders import covered
from tests.decision.rosters import bring_rows, loner
from tests.evaluation import receiving, sampled_year, small_county, year_plan
from tests.evaluation.year import LOCKED, YEAR
from tests.payment.builders import COUNTY, FAR_VILLAGE, VILLAGE, at, divisions, family
from tests.registry.builders import divisions as more_divisions

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
    "plan": "/evaluation/plan/?year=2024", "materials": "/evaluation/materials/?year=2024",
    "submissions": "/evaluation/submission/?year=2023", "rectifications": "/evaluation/rectification/?year=2023",
    "submission-opinion": "/evaluation/submission/{submission}/opinion/",
}  # fmt: skip
# what a signed-in clerk opens: forms, and his own account
DONE = {
    "new-lead": "/leads/new/", "contact-lead": "/leads/{lead}/contact/", "new-ticket": "/hotline/new/",
    "answer-ticket": "/hotline/热1/answer/", "correct-account": f"/households/{HOME}/account/",
    "move-household": f"/households/{HOME}/place/", "account": "/account/", "mfa_activate_totp": "/account/totp/",
    "ask-sampled": "/samples/satisfaction/ask/{unit}/?year=2024", "new-interview": "/samples/interviews/new/",
    "ask-on-screen": "/samples/satisfaction/screen/{unit}/?year=2024",
    "import-answers": "/samples/satisfaction/import/?year=2024",
    "account_change_password": "/account/password/", "keep-review": f"/households/{HOME}/review/",
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
# other figures, empty years, what is not there, what is asked wrongly, what is not for him
MORE_SEEN = (
    "/rows/households/?year=2024", "/rows/persons/?year=2024", "/rows/months/?year=2024", "/rows/returned/?year=2024",
    "/rows/entered/?year=2024", "/?year=2025", "/evaluation/?year=2025", "/search?q=无此人", "/households/A1/",
    "/nowhere", "/rows/paid/?year=abc", "/today/?group=done",
    "/standards/?q=月亮", "/rules/?q=月亮", "/standards/difference/?from=2024-03-01&to=2024-03-02",
    "/standards/what-if/?rural=x", f"/households/{HOME}/what-if/?deposits=x&m0_grade=1", "/households/A1/what-if/",
    "/evaluation/goals/?year=2025", "/evaluation/plan/?year=2024&version=1", "/evaluation/materials/?year=2025",
    "/evaluation/submission/?year=2025", "/evaluation/rectification/?year=2024",
)  # fmt: skip
MORE_DONE = ("/today/", "/budget/?year=2024", "/?year=2024")
# these show no page of their own
NO_PAGE = {
    "report-file": "a file", "export-sheet": "a file", "judge-row": "tests/web/test_sheet.py: no judged row here",
    "sample-sheet": "a file", "opinion-file": "a file", "rectification-file": "a file",
    "materials-file": "a file", "calculation-note": "a file", "report-paper": "a file", "monitoring-paper": "a file",
    "chart": "a picture",
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
    found = {"file": file, "lead": lead, "change": change, **vars(planned), **vars(sampled), **vars(received)}
    return Addresses(
        [address.format(**found) for address in (*SEEN.values(), *MORE_SEEN)],
        [address.format(**found) for address in (*DONE.values(), *MORE_DONE)],
        [address.format(**found) for address in COUNTED.values()],
    )
