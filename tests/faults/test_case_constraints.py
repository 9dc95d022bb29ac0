"""办案的每一步: what the tables of a case's way refuse by name, by plain SQL past every action."""

from datetime import date

import pytest
from django.db import transaction

from tests.faults.promises import Broken, insert, named_by_the_database

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]
DAY, BEFORE, AFTER = date(2024, 5, 20), date(2024, 5, 19), date(2024, 5, 27)
CASE = {"number": "案1", "state": "accepted", "applied_on": DAY, "accepted_on": DAY}
OTHER_CASE = {"number": "案2", "household": 2}
DRAFT = {"key": "稿1"}
ONLINE = {"number": "网1"}
SUPPORTER = {"role": "supporter", "signer": "李大强", "person": None}
MANDATE = {"phone": "00012345678"}
SUPPLEMENT = {"sequence": 1}
SECOND = {"sequence": 2}
ORDER = {"first_surveyor": "甲", "second_surveyor": "乙", "from_day": DAY, "to_day": AFTER}
SURVEY = {"first_surveyor": "甲", "second_surveyor": "乙", "is_signed": True}
SHEET = {"grade": "C", "evidence": "两名邻居一致说在工地做小工", "low_fen": 1, "high_fen": 2}
CORRECTION = {"sequence": 1, "before": '{"a": 1}', "after": '{"a": 2}'}
MEETING = {"villagers": 7, "party_members": 3, "cadres": 3, "entitled": 10}
VOTE = {"issued": 10, "votes_for": 7, "votes_against": 1, "spoiled": 1, "not_returned": 1}
NOTICE = {"posted_on": DAY, "ends_on": date(2024, 5, 26)}
OBJECTION = {"words": "家里有车", "received_on": DAY}
OPINION = {"view": "grant", "persons": 2, "proposed_fen": 62_000}
VISIT = {"first_visitor": "甲", "second_visitor": "乙"}
HEARING = {"told_on": DAY}
HEARD = {"heard_on": DAY, "way": "meeting", "words": "我们不同意", "considered": "不采纳，收入有凭证", "heard_by": "甲"}
LEGACY = {
    "number": "旧1", "kind": "legacy", "cause": "opening", "opening_act": 1, "maker": "甲", "approver": "乙",
    "persons": 2, "amount_fen": 62_000, "first_month": date(2024, 6, 1), "supplement_fen": 0, "gap_fen": 0,
}  # fmt: skip
OTHER_HOME = {"number": "旧2", "household": 2}
HANDED = {"delivered_on": DAY, "delivered_how": "counter", "receiver": "王秀英"}

PROMISES = [
    # 受理
    Broken("extended_with_a_reason", "intake.Case", CASE, OTHER_CASE | {"extended_on": DAY}),
    Broken("extended_with_a_reason", "intake.Case", CASE, OTHER_CASE | {"extension_reason": "等复函"}),
    Broken(
        "extended_with_a_reason",
        "intake.Case",
        CASE,
        OTHER_CASE | {"extended_on": DAY, "extension_reason": "等复函", "accepted_on": None},
    ),
    Broken("a_filed_draft_is_not_dropped", "intake.Draft", DRAFT, {"key": "稿2", "case": 1, "dropped_at": DAY}),
    Broken("taken_over_or_answered", "intake.OnlineApplication", ONLINE, {"number": "网2", "case": 1}),
    Broken("taken_over_or_answered", "intake.OnlineApplication", ONLINE, {"number": "网2", "answer": "不是本县户籍"}),
    Broken("taken_over_or_answered", "intake.OnlineApplication", ONLINE, {"number": "网2", "answered_on": DAY}),
    Broken("one_entry_per_member_and_official", "intake.OfficialRelative", {}, {}),
    Broken("one_open_pause", "intake.ClockPause", {}, {"ground": "appraisal"}),
    Broken("resumed_after_paused", "intake.ClockPause", {}, {"case": 2, "resumed_on": BEFORE}),
    Broken("one_attachment_of_the_same_bytes", "intake.Attachment", {}, {}),
    Broken("attachment_is_not_empty", "intake.Attachment", {}, {"case": 2, "size": 0}),
    Broken("one_consent_per_supporter_and_case", "intake.Consent", SUPPORTER, {}),
    Broken("a_consent_has_its_signer", "intake.Consent", SUPPORTER, {"case": 2, "signer": ""}),
    Broken("a_consent_has_its_signer", "intake.Consent", SUPPORTER, {"case": 2, "role": "member"}),
    Broken("a_consent_ends_after_it_begins", "intake.Consent", SUPPORTER, {"case": 2, "valid_until": BEFORE}),
    Broken("a_consent_ends_after_it_begins", "intake.Consent", SUPPORTER, {"case": 2, "revoked_on": BEFORE}),
    Broken("a_mandate_names_its_helper", "intake.Mandate", MANDATE, {"case": 2, "helper": ""}),
    Broken("a_mandate_names_its_helper", "intake.Mandate", MANDATE, {"case": 2, "phone": ""}),
    Broken("one_supplement_notice_a_turn", "intake.SupplementNotice", SUPPLEMENT, {}),
    Broken("told_once_or_with_a_supervisor", "intake.SupplementNotice", SUPPLEMENT, SECOND),
    Broken("told_once_or_with_a_supervisor", "intake.SupplementNotice", SUPPLEMENT, SECOND | {"supervisor": "徐分管"}),
    Broken(
        "told_once_or_with_a_supervisor",
        "intake.SupplementNotice",
        SUPPLEMENT,
        SECOND | {"told_by": "甲", "supervisor": "甲", "supervisor_reason": "又少一样"},
    ),
    Broken("a_delivered_letter_says_how", "intake.CaseLetter", {}, {"delivered_on": DAY}),
    Broken("a_delivered_letter_says_how", "intake.CaseLetter", {}, {"receiver": "王秀英"}),
    Broken("a_delivered_letter_says_how", "intake.CaseLetter", {}, HANDED | {"delivered_on": BEFORE}),
    # 入户调查
    Broken("two_different_surveyors_are_sent", "verification.SurveyOrder", ORDER, {"second_surveyor": "甲"}),
    Broken("survey_window_is_open", "verification.SurveyOrder", ORDER, {"to_day": BEFORE}),
    Broken("one_survey_a_turn", "verification.Survey", SURVEY, {}),
    Broken("not_at_home_for_a_reason", "verification.Survey", SURVEY, {"case": 2, "way": "phone"}),
    Broken("not_at_home_for_a_reason", "verification.Survey", SURVEY, {"case": 2, "way_reason": "洪水"}),
    Broken("sheet_range_in_order", "verification.ItemSheet", SHEET, {"high_fen": None}),
    Broken("sheet_range_in_order", "verification.ItemSheet", SHEET, {"low_fen": -1}),
    Broken("sheet_range_in_order", "verification.ItemSheet", SHEET, {"low_fen": 3}),
    Broken("sheet_names_its_evidence", "verification.ItemSheet", SHEET, {"evidence": ""}),
    Broken("corrections_count_up", "verification.SurveyCorrection", CORRECTION, {}),
    Broken("a_correction_changes_for_a_reason", "verification.SurveyCorrection", CORRECTION, SECOND | {"reason": ""}),
    Broken(
        "a_correction_changes_for_a_reason", "verification.SurveyCorrection", CORRECTION, SECOND | {"after": '{"a":1}'}
    ),
    Broken("an_interview_has_words", "verification.NeighbourInterview", {}, {"words": ""}),
    Broken("a_reply_has_day_and_words", "verification.EvidenceLetter", {}, {"answered_on": DAY}),
    Broken("a_reply_has_day_and_words", "verification.EvidenceLetter", {}, {"answer": "没有工资"}),
    Broken("a_reply_has_day_and_words", "verification.EvidenceLetter", {}, {"answered_on": BEFORE, "answer": "没有"}),
    # 评议、公示、异议、公布
    Broken("not_more_representatives_than_entitled", "decision.ReviewMeeting", MEETING, {"villagers": 11}),
    Broken("one_seat_per_name", "decision.MeetingMember", {"name": "吴代表"}, {}),
    Broken("one_vote_per_meeting_and_case", "decision.ReviewVote", VOTE, {}),
    Broken("one_notice_a_turn", "decision.PublicNotice", NOTICE, {}),
    Broken(
        "taken_down_after_its_days", "decision.PublicNotice", NOTICE, {"case": 2, "taken_down_on": NOTICE["ends_on"]}
    ),
    Broken("settled_with_an_answer", "decision.Objection", OBJECTION, {"settled_on": DAY}),
    Broken("settled_with_an_answer", "decision.Objection", OBJECTION, {"outcome": "groundless"}),
    Broken(
        "settled_with_an_answer",
        "decision.Objection",
        OBJECTION,
        {"settled_on": BEFORE, "outcome": "groundless", "answer": "查无车辆", "settled_by": "甲"},
    ),
    Broken("an_objection_has_words", "decision.Objection", OBJECTION, {"words": ""}),
    Broken("one_publication_per_village_and_month", "decision.Publication", {"month": date(2024, 5, 1)}, {}),
    Broken("publication_month_is_a_first_day", "decision.Publication", {"month": date(2024, 5, 1)}, {"month": AFTER}),
    # 初审、听取、决定
    Broken("one_opinion_a_turn", "decision.FirstOpinion", OPINION, {}),
    Broken("a_grant_names_its_amount", "decision.FirstOpinion", OPINION, SECOND | {"proposed_fen": 0}),
    Broken("a_grant_names_its_amount", "decision.FirstOpinion", OPINION, SECOND | {"persons": 0}),
    Broken("a_grant_names_its_amount", "decision.FirstOpinion", OPINION, SECOND | {"view": "refuse"}),
    Broken("reported_after_given", "decision.FirstOpinion", OPINION, SECOND | {"reported_on": BEFORE}),
    Broken("two_different_visitors", "decision.CountyVisit", VISIT, {"second_visitor": "甲"}),
    Broken("a_visit_has_words", "decision.CountyVisit", VISIT, {"words": ""}),
    Broken("heard_with_words_and_answer", "decision.Hearing", HEARING, {"case": 2, "heard_on": DAY}),
    Broken("heard_with_words_and_answer", "decision.Hearing", HEARING, HEARD | {"case": 2, "heard_on": BEFORE}),
    Broken("heard_with_words_and_answer", "decision.Hearing", HEARING, HEARD | {"case": 2, "words": ""}),
    Broken("heard_with_words_and_answer", "decision.Hearing", HEARING, HEARD | {"case": 2, "considered": ""}),
    Broken("a_batch_has_households", "decision.ApprovalBatch", {}, {"households": 0}),
    Broken("voided_for_a_reason", "decision.Decision", LEGACY, OTHER_HOME | {"voided_on": DAY}),
    Broken("voided_for_a_reason", "decision.Decision", LEGACY, OTHER_HOME | {"void_reason": "金额录错"}),
    Broken(
        "voided_for_a_reason",
        "decision.Decision",
        LEGACY,
        OTHER_HOME | {"voided_on": AFTER, "void_reason": "金额录错", "ended_on": AFTER},
    ),
    Broken("a_received_letter_says_how", "decision.Letter", {}, {"decision": 2, "delivered_on": DAY}),
    Broken("a_received_letter_says_how", "decision.Letter", {}, {"decision": 2, "receiver": "王秀英"}),
    Broken("a_received_letter_says_how", "decision.Letter", {}, HANDED | {"decision": 2, "delivered_on": BEFORE}),
]


@pytest.mark.parametrize("promise", PROMISES, ids=lambda p: p.constraint)
def test_the_database_itself_keeps_the_promise(promise: Broken) -> None:
    assert named_by_the_database(promise) == promise.constraint


def test_the_row_that_keeps_every_promise_is_accepted() -> None:
    for promise in PROMISES:  # else a promise could seem kept because something else was wrong with the row
        with transaction.atomic():
            insert(promise.model, promise.keeps)
            transaction.set_rollback(True)
