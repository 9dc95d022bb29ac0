"""报送和财政审核: sent once it is final, asked, answered, scored otherwise, returned, mended, sent again, accepted."""

from decimal import Decimal

import pytest

from opendibao.audit.duties import NotYourDuty
from opendibao.audit.queries import events_of
from opendibao.audit.session import acting
from opendibao.evaluation.actions import lock_year
from opendibao.evaluation.finance_review import (
    accept_submission,
    ask_question,
    return_submission,
    score_row,
)
from opendibao.evaluation.models import Submission
from opendibao.evaluation.refusal import EvaluationRefused
from opendibao.evaluation.reviewed import correction, reviewed
from opendibao.evaluation.states import SUBMISSION_NEXT, SubmissionState, move_submission
from opendibao.evaluation.submissions import (
    accepted_submission,
    latest_submission,
    submission_subject,
    submissions,
)
from opendibao.evaluation.submitting import reply_question, submit_result
from opendibao.kernel.duties import Duty
from tests.evaluation import receiving, small_county
from tests.evaluation.year import LATER, LOCKED, YEAR
from tests.payment.builders import COUNTY

pytestmark = pytest.mark.usefixtures("county")


def newest() -> Submission:
    found = latest_submission(YEAR, COUNTY)
    assert found
    return found


def test_a_year_is_asked_answered_scored_returned_mended_sent_again_and_accepted() -> None:
    first = receiving.sent()
    with receiving.finance():
        asked = ask_question(first.pk, "indicator:staff_trainings", "少了一次培训，原因是什么", at=LATER)
        assert newest().state == SubmissionState.ASKED
        with pytest.raises(EvaluationRefused, match="还有1条审核意见没有答复"):
            accept_submission(first.pk, "同意", budget_use="作为依据", at=LATER)
    with receiving.evaluator():
        reply_question(asked.pk, "十二月的培训改到一月", at=LATER)
    assert newest().state == SubmissionState.REPLIED
    with receiving.finance():
        score_row(first.pk, "urban_persons", Decimal(10), reason="达到指标值，不应扣分", at=LATER)
        return_submission(first.pk, "城镇人数达到指标值，请改正后重报", at=LATER)
    with receiving.evaluator(), pytest.raises(EvaluationRefused, match="退回后还没有新的定稿"):
        submit_result(YEAR, COUNTY, statement="已改正", at=LATER)

    receiving.mended()
    with receiving.evaluator():
        second = submit_result(YEAR, COUNTY, statement="按退回意见改正了城镇人数的得分", at=LATER)
    with receiving.finance():
        accept_submission(second.pk, "属实", budget_use="下一年度预算参考", at=LATER)

    assert [(one.number, one.state) for one in submissions(YEAR, COUNTY)] == [(2, "accepted"), (1, "returned")]
    assert accepted_submission(YEAR, COUNTY) == second
    changed = correction(first, second)
    assert [(one.code, one.before and one.before.score, one.after and one.after.score) for one in changed.rows] == [
        ("urban_persons", "9.00", "10.00")
    ]
    assert [event.action for event in events_of(submission_subject(first.pk))] == [
        "报送绩效评价", "提出审核意见", "答复审核意见", "财政评分", "退回绩效报送",
    ]  # fmt: skip


def test_both_scores_are_summed_and_graded_by_the_same_scheme() -> None:
    """Printed rows: 5 + 9 + 15 (3 of 4 trainings) + 0 (no sample) + 40 = 69 of 90.

    Beside them the execution block: 1280 yuan paid of 1200 planned, capped, 10 of 10. Finance gives the trainings 10.
    """
    made = receiving.sent()
    before = reviewed(made)
    assert (str(before.own.score), before.own.grade) == (before.said.grade_score, before.said.grade)
    assert (before.own.rows, before.own.execution, before.own.score) == (Decimal(69), Decimal(10), Decimal(79))
    assert before.difference == 0
    assert before.differing == ()

    with receiving.finance():
        score_row(made.pk, "staff_trainings", Decimal(12), reason="签到表不全", at=LATER)
        score_row(made.pk, "staff_trainings", Decimal("10.50"), reason="再看一次，只有两次有签到表", at=LATER)

    after = reviewed(made)
    assert [(one.row.code, one.own, one.finance, one.difference) for one in after.differing] == [
        ("staff_trainings", Decimal(15), Decimal("10.50"), Decimal("-4.50"))
    ]
    assert (after.finance.rows, after.finance.score, after.difference) == (
        Decimal("64.50"), Decimal("74.50"), Decimal("-4.50"),
    )  # fmt: skip
    assert after.own == before.own


def test_finance_may_carry_a_result_over_the_edge_of_a_grade() -> None:
    made = receiving.sent()
    with receiving.finance():
        score_row(made.pk, "urban_persons", Decimal(10), reason="达到指标值", at=LATER)
    found = reviewed(made)
    assert (found.own.score, found.own.grade) == (Decimal(79), "中")
    assert (found.finance.score, found.finance.grade) == (Decimal(80), "良")


def test_a_draft_is_not_sent() -> None:
    small_county.whole()
    with receiving.evaluator():
        lock_year(YEAR, COUNTY, at=LOCKED)
        with pytest.raises(EvaluationRefused, match="2024年度的评价还没有定稿"):
            submit_result(YEAR, COUNTY, at=LOCKED)
    assert not Submission.objects.exists()


def test_what_is_being_reviewed_or_accepted_is_not_sent_again() -> None:
    made = receiving.sent()
    with receiving.evaluator(), pytest.raises(EvaluationRefused, match="还在财政部门审核"):
        submit_result(YEAR, COUNTY, at=LATER)
    with receiving.finance():
        accept_submission(made.pk, "属实", budget_use="参考", at=LATER)
    receiving.mended()
    with receiving.evaluator(), pytest.raises(EvaluationRefused, match="第1次报送已经审定"):
        submit_result(YEAR, COUNTY, statement="再报", at=LATER)


def test_a_second_submission_needs_words() -> None:
    made = receiving.sent()
    with receiving.finance():
        return_submission(made.pk, "请改正", at=LATER)
    receiving.mended()
    with receiving.evaluator(), pytest.raises(EvaluationRefused, match="“报送说明”没有填写"):
        submit_result(YEAR, COUNTY, at=LATER)


def test_what_is_returned_is_closed() -> None:
    made = receiving.sent()
    with receiving.finance():
        asked = ask_question(made.pk, "whole", "总体说明太短", at=LATER)
        return_submission(made.pk, "请改正", at=LATER)
        for act in (
            lambda: ask_question(made.pk, "whole", "还有", at=LATER),
            lambda: score_row(made.pk, "urban_persons", Decimal(1), reason="少", at=LATER),
            lambda: accept_submission(made.pk, "同意", budget_use="参考", at=LATER),
        ):
            with pytest.raises(EvaluationRefused, match="第1次报送已退回"):
                act()
    with receiving.evaluator(), pytest.raises(EvaluationRefused, match="这次报送已退回，不再答复"):
        reply_question(asked.pk, "晚了", at=LATER)


@pytest.mark.parametrize(
    ("score", "reason", "said"),
    [
        ("10.01", "多", "应在0到分值10之间"),
        ("-1", "少", "应在0到分值10之间"),
        ("1.005", "细", "最多两位小数"),
        ("5", "  ", "“理由”没有填写"),
        ("5", "长" * 301, "“理由”有301个字，最多300个"),
    ],
)
def test_a_bad_score_is_refused_by_field(score: str, reason: str, said: str) -> None:
    made = receiving.sent()
    with receiving.finance(), pytest.raises(EvaluationRefused, match=said):
        score_row(made.pk, "urban_persons", Decimal(score), reason=reason, at=LATER)
    assert reviewed(made).differing == ()


def test_only_what_was_sent_is_scored_and_asked_about() -> None:
    made = receiving.sent()
    with receiving.finance():
        with pytest.raises(EvaluationRefused, match="评分表里没有“happiness”，请从报送页的评分表点进去"):
            score_row(made.pk, "happiness", Decimal(1), reason="好", at=LATER)
        with pytest.raises(EvaluationRefused, match="“审核事项”finding:W99不在这次报送里"):
            ask_question(made.pk, "finding:W99", "哪里", at=LATER)
        with pytest.raises(EvaluationRefused, match="没有编号为999999的报送"):
            ask_question(999999, "whole", "哪里", at=LATER)


def test_a_question_is_answered_once_and_the_state_follows_the_last_one() -> None:
    made = receiving.sent()
    with receiving.finance():
        one, two = (ask_question(made.pk, "whole", words, at=LATER) for words in ("甲", "乙"))
    with receiving.evaluator():
        reply_question(one.pk, "答甲", at=LATER)
        assert newest().state == SubmissionState.ASKED
        with pytest.raises(EvaluationRefused, match="文评价已于2025-03-01答复"):
            reply_question(one.pk, "再答", at=LATER)
        reply_question(two.pk, "答乙", at=LATER)
    assert newest().state == SubmissionState.REPLIED
    with receiving.finance():
        ask_question(made.pk, "whole", "丙", at=LATER)
    assert newest().state == SubmissionState.ASKED


def test_nobody_reviews_or_answers_himself() -> None:
    made = receiving.sent()
    both = {Duty.EVALUATE, Duty.FINANCE}
    with acting(receiving.EVALUATOR, COUNTY[:6], both), pytest.raises(EvaluationRefused, match="不能审核自己的报送"):
        accept_submission(made.pk, "好", budget_use="参考", at=LATER)
    with receiving.finance():
        asked = ask_question(made.pk, "whole", "甲", at=LATER)
    with acting(receiving.FINANCE, COUNTY[:6], both), pytest.raises(EvaluationRefused, match="不能自己答复"):
        reply_question(asked.pk, "自答", at=LATER)


def test_the_county_does_not_review_and_finance_does_not_send() -> None:
    made = receiving.sent()
    with receiving.evaluator(), pytest.raises(NotYourDuty, match="财政审核"):
        score_row(made.pk, "urban_persons", Decimal(1), reason="少", at=LATER)
    with receiving.finance(), pytest.raises(NotYourDuty, match="绩效评价"):
        submit_result(YEAR, COUNTY, at=LATER)


@pytest.mark.parametrize("now", list(SubmissionState))
@pytest.mark.parametrize("then", list(SubmissionState))
def test_a_state_moves_only_along_the_table(now: SubmissionState, then: SubmissionState) -> None:
    if then in SUBMISSION_NEXT[now]:
        assert move_submission(now, then) is then
    else:
        with pytest.raises(EvaluationRefused, match=f"现在是“{now.label}”，不能变为“{then.label}”"):
            move_submission(now, then)
