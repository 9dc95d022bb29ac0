"""数据库自己守住的承诺: each named constraint is broken by plain SQL, past every action, and refuses by its name."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from tests.faults.promises import COUNTY, Broken, attempt, insert, named_by_the_database

pytestmark = pytest.mark.django_db
# a decision of the old stock needs no steps, so that nothing else refuses it first
LEGACY = {
    "number": "旧1", "kind": "legacy", "cause": "opening", "opening_act": 1, "maker": "甲", "approver": "乙",
    "persons": 2, "amount_fen": 62_000, "first_month": date(2024, 6, 1), "supplement_fen": 0, "gap_fen": 0,
    "decided_on": date(2024, 5, 20),
}  # fmt: skip
NEXT = {"number": "旧2"}
ACT = {"division": COUNTY, "first_officer": "甲", "second_officer": "乙"}
STAGED = {"number": "户1", "old_number": "旧1", "supplement_fen": 0, "recomputed_fen": 62_000, "lacks": ""}
VOTE = {"issued": 10, "votes_for": 7, "votes_against": 1, "spoiled": 1, "not_returned": 1}
HIT = {"source": "tax", "outcome": "hit", "answered_on": date(2024, 5, 21)}
SURVEY = {"first_surveyor": "甲", "second_surveyor": "乙", "is_signed": True}
LEAD = {"found_on": date(2024, 5, 20)}
CASE = {"number": "案1", "state": "accepted", "applied_on": date(2024, 5, 20)}
CONSENT = {"person": 1, "signer": "王秀英"}
SCORE = {"score": "4.00", "officer": "甲", "reason": "按人工评分"}
MEASURED = {"direction": "at_least", "target": "95.0000"}
NOTE = {"finding": "W01", "note": "四舍五入尾差", "officer": "甲"}
SHUT = {
    "number": "档1", "location": "3柜", "checked_on": date(2024, 5, 20), "checked_by": "甲",
    "closed_on": date(2024, 5, 20), "keep_until": date(2034, 12, 31),
}  # fmt: skip
OTHER = {"household": 2, "number": "乙"}
YESTERDAY, LATER = date(2024, 5, 19), date(2024, 6, 20)

PROMISES = [
    # 受理
    Broken("contacted_with_an_outcome", "intake.Lead", LEAD, {"contacted_on": date(2024, 5, 20)}),
    Broken("contacted_with_an_outcome", "intake.Lead", LEAD, {"outcome": "informed"}),
    Broken("contacted_with_an_outcome", "intake.Lead", LEAD, {"outcome": "informed", "contacted_on": YESTERDAY}),
    Broken("intake_lead_known_division", "intake.Lead", LEAD, {"division": "360429999999"}),
    Broken("one_open_case_per_household", "intake.Case", CASE, {"number": "案2"}),
    Broken(
        "accepted_not_before_applied", "intake.Case", CASE, {"number": "案2", "household": 2, "accepted_on": YESTERDAY}
    ),
    Broken(
        "intake_case_known_division", "intake.Case", CASE, {"number": "案2", "household": 2, "division": "360429999999"}
    ),
    Broken("one_consent_per_person_and_case", "intake.Consent", CONSENT, {}),
    Broken("consent_has_a_scope", "intake.Consent", CONSENT, {"person": 2, "scope": "{}"}),
    Broken("one_volume_of_a_number", "intake.ArchiveFile", SHUT, {"number": "乙"}),
    Broken("one_archive_of_a_number", "intake.ArchiveFile", SHUT, {"volume": 2}),
    Broken("one_open_archive_per_household", "intake.ArchiveFile", {}, {"volume": 2}),
    Broken("archive_is_kept_after_closing", "intake.ArchiveFile", SHUT, {"volume": 2, "number": None}),
    Broken("archive_is_kept_after_closing", "intake.ArchiveFile", SHUT, OTHER | {"location": ""}),
    Broken(
        "archive_is_kept_after_closing",
        "intake.ArchiveFile",
        SHUT,
        OTHER | {"checked_on": None, "checked_by": ""},
    ),
    Broken("archive_is_kept_after_closing", "intake.ArchiveFile", SHUT, OTHER | {"keep_until": YESTERDAY}),
    Broken("archive_checked_by_somebody", "intake.ArchiveFile", {}, {"household": 2, "checked_on": LATER}),
    Broken("archive_items_count_up", "intake.ArchiveItem", {}, {}),
    Broken("one_paper_of_a_source", "intake.ArchiveItem", {"source": "调查"}, {"sequence": 2}),
    Broken("archive_item_has_pages", "intake.ArchiveItem", {}, {"sequence": 2, "pages": 0}),
    Broken("archive_item_has_pages", "intake.ArchiveItem", {}, {"sequence": 2, "title": ""}),
    Broken("withdrawn_for_a_reason", "intake.ArchiveItem", {}, {"sequence": 2, "withdrawn_on": LATER}),
    Broken("withdrawn_for_a_reason", "intake.ArchiveItem", {}, {"sequence": 2, "withdrawn_reason": "放错"}),
    Broken("one_open_loan_per_file", "intake.ArchiveLoan", {}, {}),
    Broken("loan_days_in_order", "intake.ArchiveLoan", {}, {"file": 2, "due_on": YESTERDAY}),
    Broken("loan_days_in_order", "intake.ArchiveLoan", {}, {"file": 2, "returned_on": LATER}),
    Broken("loan_days_in_order", "intake.ArchiveLoan", {}, {"file": 2, "returned_to": "甲"}),
    Broken("archive_is_kept_after_closing", "intake.ArchiveFile", {}, {"household": 2, "number": "乙"}),
    Broken("loan_names_who_and_why", "intake.ArchiveLoan", {}, {"file": 2, "purpose": ""}),
    # 核对调查
    Broken("one_answer_per_person_and_source", "verification.MatchResult", HIT, {}),
    Broken(
        "a_disposition_has_a_reason",
        "verification.MatchResult",
        HIT,
        {"source": "x", "disposition": "recheck", "reason_code": "visit"},
    ),
    Broken(
        "only_a_hit_is_disposed",
        "verification.MatchResult",
        HIT,
        {"source": "x", "outcome": "no_hit", "disposition": "recheck", "reason_code": "visit", "reason": "说明"},
    ),
    Broken("only_an_answer_says_something", "verification.MatchResult", HIT, {"source": "x", "answered_on": None}),
    Broken("only_an_answer_says_something", "verification.MatchResult", HIT, {"source": "x", "outcome": "not_checked"}),
    Broken("only_an_answer_says_something", "verification.MatchResult", HIT, {"source": "x", "answered_on": YESTERDAY}),
    Broken("two_different_surveyors", "verification.Survey", SURVEY, {"case": 2, "second_surveyor": "甲"}),
    Broken("survey_is_signed", "verification.Survey", SURVEY, {"case": 2, "is_signed": False}),
    # 决定
    Broken(
        "opening_act_two_officers", "decision.OpeningAct", ACT, {"division": "360430000000", "second_officer": "甲"}
    ),
    Broken("one_opening_act", "decision.OpeningAct", ACT, {}),
    Broken(
        "staged_amounts_possible",
        "decision.StagedHousehold",
        STAGED,
        {"number": "2", "old_number": "2", "amount_fen": 0},
    ),
    Broken(
        "staged_amounts_possible",
        "decision.StagedHousehold",
        STAGED,
        {"number": "2", "old_number": "2", "supplement_fen": 2},
    ),
    Broken(
        "staged_recomputed_or_lacking",
        "decision.StagedHousehold",
        STAGED,
        {"number": "2", "old_number": "2", "lacks": "收入"},
    ),
    Broken(
        "staged_recomputed_or_lacking",
        "decision.StagedHousehold",
        STAGED,
        {"number": "2", "old_number": "2", "recomputed_fen": None},
    ),
    Broken("ballots_add_up", "decision.ReviewVote", VOTE, {"case": 2, "votes_for": 8}),
    Broken(
        "notice_runs_seven_days",
        "decision.PublicNotice",
        {"ends_on": date(2024, 5, 26)},
        {"case": 2, "ends_on": date(2024, 5, 25)},
    ),
    Broken("one_decision_in_force", "decision.Decision", LEGACY, NEXT),
    Broken(
        "one_amount_a_month",
        "decision.Decision",
        LEGACY | {"ended_on": date(2024, 7, 10), "last_month": date(2024, 7, 1)},
        NEXT | {"ended_on": None, "last_month": None, "decided_on": date(2024, 7, 10), "first_month": date(2024, 7, 1)},
    ),
    Broken("granting_names_amount_and_month", "decision.Decision", LEGACY, NEXT | {"household": 2, "amount_fen": 0}),
    Broken(
        "granting_names_amount_and_month", "decision.Decision", LEGACY, NEXT | {"household": 2, "first_month": None}
    ),
    Broken("granting_names_amount_and_month", "decision.Decision", LEGACY, NEXT | {"household": 2, "persons": 0}),
    Broken(
        "granting_names_amount_and_month",
        "decision.Decision",
        LEGACY,
        NEXT | {"household": 2, "supplement_fen": 62_001},
    ),
    Broken("supplement_not_negative", "decision.Decision", LEGACY, NEXT | {"household": 2, "supplement_fen": -1}),
    Broken("legacy_has_act_others_a_case", "decision.Decision", LEGACY, NEXT | {"household": 2, "opening_act": None}),
    Broken("maker_is_not_approver", "decision.Decision", LEGACY, NEXT | {"household": 2, "approver": "甲"}),
    Broken(
        "months_are_first_days", "decision.Decision", LEGACY, NEXT | {"household": 2, "first_month": date(2024, 6, 2)}
    ),
    Broken("acceptance_has_a_receipt", "decision.OutboxEvent", {}, {"decision": 2, "accepted_on": LATER}),
    Broken("one_reporting_file_of_a_name", "decision.ReportingFile", {}, {}),
    Broken("reporting_file_holds_events", "decision.ReportingFile", {}, {"name": "乙", "events": 0}),
    Broken("one_receipt_file_once", "decision.ReceiptFile", {}, {}),
    Broken("one_open_return_per_event", "decision.SentBack", {}, {}),
    Broken("returned_for_a_reason", "decision.SentBack", {}, {"event": 2, "reason": ""}),
    Broken("correction_says_what_and_who", "decision.SentBack", {}, {"event": 2, "corrected_on": LATER}),
    Broken("correction_says_what_and_who", "decision.SentBack", {}, {"event": 2, "correction": "已改"}),
    Broken(
        "correction_says_what_and_who", "decision.SentBack", {}, {"event": 2, "corrected_by": "甲", "correction": "改"}
    ),
    Broken(
        "correction_says_what_and_who",
        "decision.SentBack",
        {},
        {"event": 2, "corrected_on": YESTERDAY, "corrected_by": "甲", "correction": "已改"},
    ),
    # 复核、宣传、预算
    Broken("one_reverification_per_due_day", "reviews.Reverification", {}, {}),
    Broken("done_has_a_result", "reviews.Reverification", {}, {"household": 2, "done_on": LATER, "result": ""}),
    Broken("done_has_a_result", "reviews.Reverification", {}, {"household": 2, "result": "kept"}),
    Broken("one_signature_per_session_and_name", "outreach.TrainingSignature", {}, {}),
    Broken("post_due_after_need", "outreach.Post", {}, {"due_on": YESTERDAY}),
    Broken(
        "ticket_answered_after_received",
        "outreach.HotlineTicket",
        {"number": "1"},
        {"number": "2", "answered_on": YESTERDAY},
    ),
    Broken("one_budget_per_year_and_area", "budget.BudgetLine", {}, {}),
    # 评价
    Broken("one_questionnaire_per_household_and_year", "evaluation.SatisfactionAnswer", {}, {}),
    Broken("one_check_per_decision_and_year", "evaluation.AccuracyCheck", {}, {}),
    Broken("given_score_has_a_reason", "evaluation.GivenScore", SCORE, {"indicator": "x", "reason": ""}),
    Broken("given_score_has_a_reason", "evaluation.GivenScore", SCORE, {"indicator": "x", "officer": ""}),
    Broken("one_given_score", "evaluation.GivenScore", SCORE, {}),
    Broken("one_snapshot_version", "evaluation.Snapshot", {"is_final": False}, {}),
    Broken("one_sheet_row_per_position", "evaluation.SheetRow", MEASURED, {"indicator": "x"}),
    Broken("weight_not_negative", "evaluation.SheetRow", MEASURED, {"position": 2, "indicator": "x", "weight": "-1"}),
    Broken("one_note_per_finding", "evaluation.FindingNote", NOTE, {}),
    Broken("note_is_signed", "evaluation.FindingNote", NOTE, {"finding": "W02", "officer": ""}),
    Broken("note_is_signed", "evaluation.FindingNote", NOTE, {"finding": "W02", "note": ""}),
]


@pytest.mark.usefixtures("places")
@pytest.mark.parametrize("promise", PROMISES, ids=lambda p: p.constraint)
def test_the_database_itself_keeps_the_promise(promise: Broken) -> None:
    assert named_by_the_database(promise) == promise.constraint


@pytest.mark.usefixtures("places")
def test_a_decision_without_money_cannot_carry_money() -> None:
    # other_kinds_grant_nothing; the steps of a case are another promise, so its guard is set aside here
    refused = LEGACY | {"kind": "refuse", "cause": "income", "opening_act": None, "case": 1}
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE decision_decision DISABLE TRIGGER entry_has_its_steps")

    with pytest.raises(IntegrityError) as refusal:
        attempt("decision.Decision", refused)

    assert "other_kinds_grant_nothing" in str(refusal.value)


@pytest.mark.usefixtures("places")
@pytest.mark.parametrize("kind", ["confirm", "increase", "stop", "refuse"])
def test_no_decision_comes_without_an_accepted_case(kind: str) -> None:
    with pytest.raises(IntegrityError, match="没有该户已受理的案件"):
        attempt("decision.Decision", LEGACY | {"kind": kind, "opening_act": None, "case": 1})


@pytest.mark.usefixtures("places")
def test_the_small_row_that_keeps_every_promise_is_accepted() -> None:
    for promise in PROMISES:  # else a promise could seem kept because something else was wrong with the row
        with transaction.atomic():
            insert(promise.model, promise.keeps)
            transaction.set_rollback(True)
