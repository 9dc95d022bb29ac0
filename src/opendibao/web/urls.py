"""URL list of the site."""

from django.urls import URLPattern

from opendibao.kernel.duties import EVERY_DUTY
from opendibao.web.access import (
    CASES,
    CONFIRMERS,
    EVALUATION,
    EVALUATORS,
    FILES,
    FINANCE,
    FINDERS,
    READERS,
    RULERS,
    SURVEYORS,
    TICKETS,
    door,
    page,
)
from opendibao.web.acts_household import corrected_account, moved_household
from opendibao.web.acts_leads import contacted_lead, new_lead
from opendibao.web.acts_reviews import kept_review
from opendibao.web.acts_scores import judged_row, scored_row
from opendibao.web.acts_sheet import added_row, changed_terms, edited_row, placed_row, removed_row, undone_sheet
from opendibao.web.acts_sheet_start import (
    exported_sheet,
    imported_sheet,
    sheet_from_last_year,
    sheet_from_province,
    started_sheet,
)
from opendibao.web.acts_tickets import answered_ticket, new_ticket
from opendibao.web.budget import budget
from opendibao.web.calculation_note import calculation_note
from opendibao.web.check_report import check_report
from opendibao.web.county import county
from opendibao.web.decision.urls import PAGES as DECISION_PAGES
from opendibao.web.deviation import deviation
from opendibao.web.downloads import report_file
from opendibao.web.evaluation import evaluation
from opendibao.web.figure import figure
from opendibao.web.filed import filed, filed_anew
from opendibao.web.goal_acts import changed_goal, moved_goal, new_goal, taken_over_goals
from opendibao.web.goals import goals, one_goal
from opendibao.web.household import household
from opendibao.web.indicators import indicators
from opendibao.web.indicators_one import indicator
from opendibao.web.intake.urls import PAGES as INTAKE_PAGES
from opendibao.web.interviews import interviews, new_interview, one_interview
from opendibao.web.living_conditions import household_years
from opendibao.web.material_acts import (
    changed_material,
    new_material,
    received_material,
    restored_material,
    returned_material,
    withdrawn_material,
)
from opendibao.web.materials import materials_file, materials_page
from opendibao.web.opening import opening, rejects, two_tracks
from opendibao.web.outreach import hotline, leads, posts, publicity, trainings
from opendibao.web.own_account import (
    account,
    code_again,
    new_recovery_codes,
    password,
    password_again,
    recovery_codes,
    totp,
)
from opendibao.web.payment.urls import PAGES as PAYMENT_PAGES
from opendibao.web.plan import plan_page
from opendibao.web.plan_acts import finished_step, reopened_step, restored_plan, written_plan
from opendibao.web.problems import one_problem, problems
from opendibao.web.receiving_files import opinion_file, rectification_file
from opendibao.web.rectification_acts import (
    changed_rectification,
    closed_rectification,
    new_point,
    reopened_rectification,
    taken_points,
)
from opendibao.web.rectifications import RECTIFIERS, rectifications_page
from opendibao.web.report_acts import finished_report, restored_text, retaken_figures, signed_finding, written_text
from opendibao.web.report_charts import chart
from opendibao.web.report_difference import report_difference
from opendibao.web.report_draft import report_editor
from opendibao.web.report_papers import monitoring_paper, report_paper, reports
from opendibao.web.review_plan import unscheduled
from opendibao.web.roles import take_role
from opendibao.web.rows import rows
from opendibao.web.rules import rules
from opendibao.web.rules_one import rule
from opendibao.web.samples import accuracy_sample, satisfaction_sample
from opendibao.web.samples_asking import asked_member, asked_on_screen
from opendibao.web.samples_drawing import drawn_sample, repeated_sample
from opendibao.web.samples_list import ASKERS, sample_list, sample_paper
from opendibao.web.samples_overview import samples
from opendibao.web.samples_results import sample_results
from opendibao.web.samples_sheets import imported_answers, sample_sheet
from opendibao.web.sandbox import (
    sandbox_drop,
    sandbox_enter,
    sandbox_leave,
    sandbox_make,
    sandbox_page,
    sandbox_progress,
)
from opendibao.web.sandbox_session import SPOILERS
from opendibao.web.scores import scores
from opendibao.web.search import search
from opendibao.web.sensitivity import sensitivity
from opendibao.web.sheet import sheet
from opendibao.web.sign_in import code, sign_in, sign_out
from opendibao.web.standards import standards
from opendibao.web.standards_acts import approved_change, drafted_change, withdrawn_change
from opendibao.web.standards_changes import change, changes_page
from opendibao.web.standards_difference import difference
from opendibao.web.standards_one import standard
from opendibao.web.standards_scheduling import scheduled_change
from opendibao.web.submission_acts import (
    accepted_submission,
    asked_question,
    replied_question,
    returned_submission,
    scored_by_finance,
    submitted_result,
)
from opendibao.web.submissions import opinion_page, submissions_page
from opendibao.web.today import today
from opendibao.web.townships import townships
from opendibao.web.verification.urls import PAGES as VERIFICATION_PAGES
from opendibao.web.whatif import what_if
from opendibao.web.whatif_county import county_what_if
from opendibao.web.years import years

urlpatterns: list[URLPattern] = [
    page("", county, "county", to=READERS),
    page("today/", today, "today", to=EVERY_DUTY),
    page("today/unscheduled/", unscheduled, "unscheduled", to=CASES),
    page("rows/<slug:figure>/", rows, "rows", to=READERS),
    page("reports/<int:year>/<str:name>", report_file, "report-file", to=EVALUATION, whole_county=True),
    page("search", search, "search", to=READERS),
    page("households/<path:number>/account/", corrected_account, "correct-account", to=FILES),
    page("households/<path:number>/place/", moved_household, "move-household", to=FILES),
    page("households/<path:number>/review/", kept_review, "keep-review", to=SURVEYORS),
    page("households/<path:number>/what-if/", what_if, "what-if", to=READERS),
    page("households/<path:number>/calculation/<slug:form>/", calculation_note, "calculation-note", to=READERS),
    page("households/<path:number>/years/", household_years, "living-conditions", to=READERS),
    page("households/<path:number>/", household, "household", to=READERS),
    *INTAKE_PAGES,
    *VERIFICATION_PAGES,
    *DECISION_PAGES,
    *PAYMENT_PAGES,
    page("leads/", leads, "leads", to=CASES),
    page("leads/new/", new_lead, "new-lead", to=FINDERS),
    page("leads/<int:lead_id>/contact/", contacted_lead, "contact-lead", to=FINDERS),
    page("outreach/", publicity, "publicity", to=READERS),
    page("outreach/trainings/", trainings, "trainings", to=READERS),
    page("outreach/posts/", posts, "posts", to=READERS),
    page("hotline/", hotline, "hotline", to=CASES),
    page("hotline/new/", new_ticket, "new-ticket", to=TICKETS),
    page("hotline/<path:number>/answer/", answered_ticket, "answer-ticket", to=TICKETS),
    page("budget/", budget, "budget", to=EVALUATION, whole_county=True),
    page("evaluation/indicators/", indicators, "indicators", to=EVALUATION, whole_county=True),
    page("evaluation/indicators/<slug:code>/", indicator, "indicator", to=EVALUATION, whole_county=True),
    page("evaluation/scores/", scores, "scores", to=EVALUATION, whole_county=True),
    page("evaluation/check/", check_report, "check-report", to=EVALUATION, harmless=True),
    page("evaluation/goals/", goals, "goals", to=EVALUATION, whole_county=True),
    page("evaluation/goals/take-over/", taken_over_goals, "take-over-goals", to=EVALUATORS, whole_county=True),
    page("evaluation/goals/new/", new_goal, "new-goal", to=EVALUATORS, whole_county=True),
    page("evaluation/goals/<int:goal_id>/", one_goal, "goal", to=EVALUATION, whole_county=True),
    page("evaluation/goals/<int:goal_id>/change/", changed_goal, "change-goal", to=EVALUATORS, whole_county=True),
    page("evaluation/goals/<int:goal_id>/move/", moved_goal, "move-goal", to=EVALUATORS, whole_county=True),
    page("evaluation/plan/", plan_page, "plan", to=EVALUATION, whole_county=True),
    page("evaluation/plan/write/", written_plan, "write-plan", to=EVALUATORS, whole_county=True),
    page("evaluation/plan/<int:version>/restore/", restored_plan, "restore-plan", to=EVALUATORS, whole_county=True),
    page("evaluation/plan/steps/<int:step_id>/finish/", finished_step, "finish-step", to=EVALUATORS, whole_county=True),
    page("evaluation/plan/steps/<int:step_id>/reopen/", reopened_step, "reopen-step", to=EVALUATORS, whole_county=True),
    page("evaluation/materials/", materials_page, "materials", to=EVALUATION, whole_county=True),
    page("evaluation/materials/file/", materials_file, "materials-file", to=EVALUATION, whole_county=True),
    page("evaluation/materials/new/", new_material, "new-material", to=EVALUATORS, whole_county=True),
    *(
        page(
            f"evaluation/materials/<int:material_id>/{verb}/",
            view,
            f"{verb}-material",
            to=EVALUATORS,
            whole_county=True,
        )
        for verb, view in (
            ("change", changed_material),
            ("receive", received_material),
            ("return", returned_material),
            ("withdraw", withdrawn_material),
            ("restore", restored_material),
        )
    ),
    page("evaluation/sheet/", sheet, "sheet", to=EVALUATION, whole_county=True),
    page("evaluation/sheet/<int:year>/workbook/", exported_sheet, "export-sheet", to=EVALUATION, whole_county=True),
    *(
        page(f"evaluation/sheet/<int:year>/{way}/", view, name, to=EVALUATORS, whole_county=True)
        for way, view, name in (
            ("start", started_sheet, "start-sheet"),
            ("from-province", sheet_from_province, "sheet-from-province"),
            ("from-last-year", sheet_from_last_year, "sheet-from-last-year"),
            ("import", imported_sheet, "import-sheet"),
            ("terms", changed_terms, "sheet-terms"),
            ("undo", undone_sheet, "undo-sheet"),
            ("add", added_row, "add-row"),
            ("rows/<slug:code>", edited_row, "edit-row"),
            ("rows/<slug:code>/remove", removed_row, "remove-row"),
            ("rows/<slug:code>/place", placed_row, "place-row"),
            ("rows/<slug:code>/score", scored_row, "give-score"),
            ("rows/<slug:code>/judge", judged_row, "judge-row"),
        )
    ),
    page("evaluation/filed/", filed, "filed", to=EVALUATION, whole_county=True),
    page("evaluation/filed/<int:year>/new/", filed_anew, "file-report", to=EVALUATORS, whole_county=True),
    page("evaluation/report/", report_editor, "report-editor", to=EVALUATION, whole_county=True),
    page(
        "evaluation/report/<int:year>/difference/",
        report_difference,
        "report-difference",
        to=EVALUATION,
        whole_county=True,
    ),
    *(
        page(f"evaluation/report/<int:year>/{way}/", view, name, to=EVALUATORS, whole_county=True)
        for way, view, name in (
            ("figures", retaken_figures, "retake-figures"),
            ("text/<str:place>", written_text, "write-text"),
            ("text/<str:place>/restore", restored_text, "restore-text"),
            ("note/<slug:finding>", signed_finding, "sign-finding"),
            ("finish", finished_report, "finish-report"),
        )
    ),
    page("evaluation/reports/", reports, "reports", to=EVALUATION, whole_county=True),
    page(
        "evaluation/reports/<int:year>/<int:version>/<slug:kind>/<slug:ending>/",
        report_paper,
        "report-paper",
        to=EVALUATION,
        whole_county=True,
    ),
    page(
        "evaluation/reports/<int:year>/monitoring/<slug:ending>/",
        monitoring_paper,
        "monitoring-paper",
        to=EVALUATION,
        whole_county=True,
    ),
    page(
        "evaluation/charts/<int:year>/<int:version>/<slug:picture>/", chart, "chart", to=EVALUATION, whole_county=True
    ),
    page("evaluation/years/", years, "years", to=EVALUATION, whole_county=True),
    page("evaluation/sensitivity/", sensitivity, "sensitivity", to=EVALUATION, whole_county=True),
    page("evaluation/deviation/", deviation, "deviation", to=EVALUATION, whole_county=True),
    page("evaluation/problems/", problems, "problems", to=EVALUATION, whole_county=True),
    page("evaluation/problems/<slug:problem_id>/", one_problem, "problem", to=EVALUATION, whole_county=True),
    page("evaluation/townships/", townships, "townships", to=EVALUATION, whole_county=True),
    page("evaluation/submission/", submissions_page, "submissions", to=EVALUATION, whole_county=True),
    page("evaluation/submission/send/", submitted_result, "submit-result", to=EVALUATORS, whole_county=True),
    page(
        "evaluation/submission/questions/<int:question_id>/reply/",
        replied_question,
        "reply-question",
        to=EVALUATORS,
        whole_county=True,
    ),
    *(
        page(f"evaluation/submission/<int:submission_id>/{way}", view, name, to=duties, whole_county=True)
        for way, view, name, duties in (
            ("opinion/", opinion_page, "submission-opinion", EVALUATION),
            ("opinion.xlsx", opinion_file, "opinion-file", EVALUATION),
            ("ask/", asked_question, "ask-question", FINANCE),
            ("rows/<slug:code>/", scored_by_finance, "finance-score", FINANCE),
            ("return/", returned_submission, "return-submission", FINANCE),
            ("accept/", accepted_submission, "accept-submission", FINANCE),
        )
    ),
    page("evaluation/rectification/", rectifications_page, "rectifications", to=EVALUATION, whole_county=True),
    page(
        "evaluation/rectification/list.xlsx", rectification_file, "rectification-file", to=EVALUATION, whole_county=True
    ),
    *(
        page(f"evaluation/rectification/{way}", view, name, to=RECTIFIERS, whole_county=True)
        for way, view, name in (
            ("take/", taken_points, "take-rectifications"),
            ("new/", new_point, "take-into-rectification"),
            ("<int:rectification_id>/change/", changed_rectification, "change-rectification"),
            ("<int:rectification_id>/close/", closed_rectification, "close-rectification"),
            ("<int:rectification_id>/reopen/", reopened_rectification, "reopen-rectification"),
        )
    ),
    page("evaluation/", evaluation, "evaluation", to=EVALUATION, whole_county=True),
    page("figures/<str:figure_id>/", figure, "figure", to=EVALUATION, whole_county=True),
    page("samples/", samples, "samples", to=EVALUATION, whole_county=True),
    page("samples/interviews/", interviews, "interviews", to=EVALUATION | ASKERS),
    page("samples/interviews/new/", new_interview, "new-interview", to=ASKERS),
    page("samples/interviews/<int:interview_id>/", one_interview, "interview", to=EVALUATION | ASKERS),
    page("samples/accuracy/", accuracy_sample, "accuracy-sample", to=EVALUATION, whole_county=True),
    page("samples/satisfaction/", satisfaction_sample, "satisfaction-sample", to=EVALUATION, whole_county=True),
    page("samples/<slug:purpose>/draw/", drawn_sample, "draw-sample", to=EVALUATORS, whole_county=True),
    page("samples/<slug:purpose>/results/", sample_results, "sample-results", to=EVALUATION, whole_county=True),
    page("samples/<slug:purpose>/repeat/", repeated_sample, "repeat-sample", to=EVALUATION, whole_county=True),
    page("samples/<slug:purpose>/list/", sample_list, "sample-list", to=EVALUATION | ASKERS),
    page("samples/<slug:purpose>/paper/", sample_paper, "sample-paper", to=EVALUATION | ASKERS),
    page("samples/<slug:purpose>/sheet.xlsx", sample_sheet, "sample-sheet", to=EVALUATION | ASKERS),
    page("samples/<slug:purpose>/import/", imported_answers, "import-answers", to=ASKERS),
    page("samples/<slug:purpose>/ask/<int:unit_id>/", asked_member, "ask-sampled", to=ASKERS),
    page("samples/<slug:purpose>/screen/<int:unit_id>/", asked_on_screen, "ask-on-screen", to=ASKERS),
    page("rules/", rules, "rules", to=EVERY_DUTY),
    page("rules/<slug:entity>/<slug:rule_name>/", rule, "rule", to=EVERY_DUTY),
    page("standards/", standards, "standards", to=EVERY_DUTY),
    page("standards/difference/", difference, "standards-difference", to=EVERY_DUTY),
    page("standards/what-if/", county_what_if, "standards-what-if", to=READERS, whole_county=True),
    page("standards/changes/", changes_page, "standards-changes", to=EVERY_DUTY),
    page("standards/changes/<int:change_id>/", change, "change", to=EVERY_DUTY),
    page("standards/changes/<int:change_id>/approve/", approved_change, "approve-change", to=CONFIRMERS),
    page("standards/changes/<int:change_id>/schedule/", scheduled_change, "schedule-change", to=CONFIRMERS),
    page("standards/changes/<int:change_id>/withdraw/", withdrawn_change, "withdraw-change", to=RULERS),
    page("standards/<str:path>/change/", drafted_change, "draft-change", to=RULERS),
    page("standards/<str:path>/", standard, "standard", to=EVERY_DUTY),
    page("opening/", opening, "opening", to=CASES),
    page("opening/<int:file_id>/", rejects, "rejects", to=CASES),
    page("opening/dual-track/", two_tracks, "dual-track", to=CASES),
    page("sandbox/", sandbox_page, "sandbox", to=SPOILERS, whole_county=True),
    page("sandbox/progress", sandbox_progress, "sandbox-progress", to=SPOILERS, whole_county=True),
    page("sandbox/make", sandbox_make, "sandbox-make", to=SPOILERS, whole_county=True, harmless=True),
    page("sandbox/enter", sandbox_enter, "sandbox-enter", to=SPOILERS, whole_county=True, harmless=True),
    page("sandbox/leave", sandbox_leave, "sandbox-leave", to=EVERY_DUTY, harmless=True),
    page("sandbox/drop", sandbox_drop, "sandbox-drop", to=SPOILERS, whole_county=True, harmless=True),
    # the way in and out, and one's own account; allauth looks its pages up by these names
    door("sign-in/", sign_in, "account_login"),
    door("sign-in/code/", code, "mfa_authenticate"),
    door("sign-out/", sign_out, "account_logout"),
    door("roles/<slug:username>/", take_role, "take-role"),
    door("account/", account, "account"),
    door("account/password/", password, "account_change_password"),
    door("account/totp/", totp, "mfa_activate_totp"),
    door("account/recovery-codes/", recovery_codes, "mfa_view_recovery_codes"),
    door("account/recovery-codes/new/", new_recovery_codes, "mfa_generate_recovery_codes"),
    door("account/again/", password_again, "account_reauthenticate"),
    door("account/again/code/", code_again, "mfa_reauthenticate"),
]
handler400 = "opendibao.web.errors.bad_request"
handler403 = "opendibao.web.errors.forbidden"
handler404 = "opendibao.web.errors.not_found"
handler500 = "opendibao.web.errors.broken"
