"""报送和整改的表: what the database itself refuses, each promise broken by its name, and the walls of the triggers."""

import hashlib
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from opendibao.evaluation.models import FinanceScore, Rectification, ReviewQuestion, Snapshot, Submission
from opendibao.evaluation.states import SUBMISSION_NEXT, SubmissionState
from tests.evaluation.year import LOCKED, YEAR
from tests.payment.builders import COUNTY

pytestmark = pytest.mark.usefixtures("county")
DAY, BEFORE = date(2025, 1, 7), date(2025, 1, 6)
SENT = {"year": YEAR, "division": COUNTY, "number": 1, "submitted_on": DAY, "submitted_by": "甲"}
ENDED = {"concluded_on": DAY, "concluded_by": "乙", "conclusion": "好", "budget_use": "参考"}
ASKED = {"division": COUNTY, "subject": "whole", "question": "哪里", "asked_by": "乙", "asked_on": DAY}
GIVEN = {"division": COUNTY, "indicator": "fund_use", "number": 1, "score": Decimal(3), "reason": "少", "officer": "乙"}
POINT = {
    "year": YEAR, "division": COUNTY, "number": 1, "origin": "own:1", "problem": "慢", "measure": "快", "owner": "局",
    "due_on": DAY, "officer": "甲",
}  # fmt: skip


def snapshot(*, is_final: bool = True, year: int = YEAR, version: int = 1) -> Snapshot:
    """A locked year whose sheet has one row that weighs 5; a final one begins a chain of its own division."""
    sha256 = f"{year}{version}".rjust(64, "0")
    chain = hashlib.sha256(sha256.encode()).hexdigest() if is_final else ""
    return Snapshot.objects.create(
        year=year, version=version, division=COUNTY, as_of=BEFORE, known_at=LOCKED, sha256=sha256, chain=chain,
        is_final=is_final, officer="甲", content={"conclusion": {"rows": [{"code": "fund_use", "weight": "5"}]}},
    )  # fmt: skip


def sent(**changes: Any) -> Submission:
    found = Snapshot.objects.first() or snapshot()
    return Submission.objects.create(**{**SENT, "snapshot": found, **changes})


def in_state(state: str) -> Submission:
    """A submission that came to a state along the table."""
    made = sent()
    way = {"submitted": (), "replied": ("asked", "replied")}.get(state, (state,))
    for then in way:
        Submission.objects.filter(pk=made.pk).update(state=then, **(ENDED if then in ("returned", "accepted") else {}))
    made.refresh_from_db()
    return made


def refused(name: str) -> Any:
    return pytest.raises(IntegrityError, match=name)


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({}, "one_submission_a_number"),
        ({"number": 2}, "sent_again_with_words"),
    ],
)
def test_a_submission_that_breaks_a_promise_is_refused(changes: dict[str, Any], name: str) -> None:
    in_state("returned")
    with refused(name), transaction.atomic():
        sent(**changes)


@pytest.mark.parametrize(
    ("state", "changes", "name"),
    [
        ("accepted", {**ENDED, "concluded_by": "甲"}, "concluded_by_another"),
        ("returned", {**ENDED, "conclusion": ""}, "concluded_with_words"),
        ("returned", {**ENDED, "concluded_on": None}, "concluded_with_words"),
        ("accepted", {**ENDED, "concluded_by": ""}, "concluded_with_words"),
        ("accepted", {**ENDED, "budget_use": ""}, "accepted_says_its_use"),
    ],
)
def test_a_conclusion_that_breaks_a_promise_is_refused(state: str, changes: dict[str, Any], name: str) -> None:
    made = sent()
    with refused(name), transaction.atomic():
        Submission.objects.filter(pk=made.pk).update(state=state, **changes)


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"question": ""}, "question_is_asked"),
        ({"asked_by": ""}, "question_is_asked"),
        ({"reply": "答"}, "reply_after_question"),
        ({"reply": "答", "replied_by": "甲", "replied_on": BEFORE}, "reply_after_question"),
        ({"reply": "答", "replied_by": "乙", "replied_on": DAY}, "reply_by_another"),
    ],
)
def test_a_question_that_breaks_a_promise_is_refused(changes: dict[str, Any], name: str) -> None:
    made = sent()
    with refused(name), transaction.atomic():
        ReviewQuestion.objects.create(submission=made, **{**ASKED, **changes})


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({}, "one_finance_score"),
        ({"number": 2, "reason": ""}, "finance_score_has_a_reason"),
        ({"number": 2, "officer": ""}, "finance_score_has_a_reason"),
        ({"number": 2, "score": Decimal("-0.01")}, "finance_score_not_negative"),
        ({"number": 2, "score": Decimal("5.01")}, "财政评分不能超过这一行的分值"),
        ({"number": 2, "indicator": "happiness"}, "财政评分不能超过这一行的分值"),
        ({"number": 2, "officer": "甲"}, "报送人不能给自己的报送评分"),
    ],
)
def test_a_score_that_breaks_a_promise_is_refused(changes: dict[str, Any], name: str) -> None:
    made = sent()
    FinanceScore.objects.create(submission=made, **GIVEN)
    with refused(name), transaction.atomic():
        FinanceScore.objects.create(submission=made, **{**GIVEN, **changes})


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"origin": "own:2"}, "one_rectification_a_number"),
        ({"number": 2}, "one_rectification_an_origin"),
        ({"number": 2, "origin": "own:2", "problem": ""}, "rectification_is_owned"),
        ({"number": 2, "origin": "own:2", "measure": ""}, "rectification_is_owned"),
        ({"number": 2, "origin": "own:2", "owner": ""}, "rectification_is_owned"),
        ({"number": 2, "origin": "own:2", "closed_on": DAY}, "closed_with_outcome"),
        ({"number": 2, "origin": "own:2", "outcome": "做了"}, "closed_with_outcome"),
        ({"number": 2, "origin": "own:2", "closed_on": DAY, "closed_by": "甲"}, "closed_with_outcome"),
    ],
)
def test_a_point_that_breaks_a_promise_is_refused(changes: dict[str, Any], name: str) -> None:
    Rectification.objects.create(**POINT)
    with refused(name), transaction.atomic():
        Rectification.objects.create(**{**POINT, **changes})


def test_a_draft_or_another_year_s_snapshot_is_not_sent() -> None:
    for found in (snapshot(is_final=False), snapshot(is_final=False, year=2023)):
        with refused("只有本年度已定稿的快照可以报送"), transaction.atomic():
            sent(snapshot=found)
    final = snapshot(version=2)
    with refused("只有本年度已定稿的快照可以报送"), transaction.atomic():
        sent(snapshot=final, year=2023)


def test_nothing_is_sent_as_accepted() -> None:
    with refused("只有本年度已定稿的快照可以报送"), transaction.atomic():
        sent(state="accepted", **ENDED)


@pytest.mark.parametrize("state", ["submitted", "asked", "replied", "accepted"])
def test_only_after_a_return_is_it_sent_again(state: str) -> None:
    in_state(state)
    with refused("上一次报送没有被退回，不能再报"), transaction.atomic():
        sent(number=2, statement="改了")


def test_after_a_return_it_is_sent_again() -> None:
    in_state("returned")
    assert sent(number=2, statement="改了").state == "submitted"


@pytest.mark.parametrize("now", list(SubmissionState))
@pytest.mark.parametrize("then", list(SubmissionState))
def test_the_database_knows_the_same_table_of_states(now: SubmissionState, then: SubmissionState) -> None:
    made = in_state(now)
    ended = ENDED if then in ("returned", "accepted") else {}
    if then in SUBMISSION_NEXT[now]:
        assert Submission.objects.filter(pk=made.pk).update(state=then, **ended) == 1
    else:
        with refused(f"报送不能从“{now}”变为“{then}”"), transaction.atomic():
            Submission.objects.filter(pk=made.pk).update(state=then, **ended)


@pytest.mark.parametrize(
    "changes", [{"year": 2023}, {"number": 3}, {"submitted_by": "丙"}, {"submitted_on": BEFORE}, {"statement": "另"}]
)
def test_what_was_sent_stays(changes: dict[str, Any]) -> None:
    made = sent()
    with refused("报送的内容不能修改"), transaction.atomic():
        Submission.objects.filter(pk=made.pk).update(state="asked", **changes)


def test_nothing_is_accepted_over_an_open_question() -> None:
    made = in_state("replied")
    ReviewQuestion.objects.create(submission=made, **ASKED)
    with refused("还有没有答复的审核意见"), transaction.atomic():
        Submission.objects.filter(pk=made.pk).update(state="accepted", **ENDED)


@pytest.mark.parametrize("state", ["returned", "accepted"])
def test_nothing_is_added_to_what_is_concluded(state: str) -> None:
    made = in_state(state)
    with refused("报送已经审定或退回"), transaction.atomic():
        ReviewQuestion.objects.create(submission=made, **ASKED)
    with refused("报送已经审定或退回"), transaction.atomic():
        FinanceScore.objects.create(submission=made, **GIVEN)


@pytest.mark.parametrize(
    "changes", [{"question": "另问"}, {"subject": "finding:W01"}, {"asked_by": "丙"}, {"asked_on": BEFORE}]
)
def test_a_question_stays_as_it_was_asked(changes: dict[str, Any]) -> None:
    made = ReviewQuestion.objects.create(submission=sent(), **ASKED)
    with refused("审核意见和答复不能修改"), transaction.atomic():
        ReviewQuestion.objects.filter(pk=made.pk).update(**changes)


def test_a_reply_stays_as_it_was_given() -> None:
    answered = {**ASKED, "reply": "答", "replied_by": "甲", "replied_on": DAY}
    made = ReviewQuestion.objects.create(submission=sent(), **answered)
    with refused("审核意见和答复不能修改"), transaction.atomic():
        ReviewQuestion.objects.filter(pk=made.pk).update(reply="另答")


@pytest.mark.parametrize("changes", [{"problem": "别的"}, {"origin": "own:7"}, {"number": 7}, {"officer": "丙"}])
def test_the_problem_and_its_origin_stay(changes: dict[str, Any]) -> None:
    made = Rectification.objects.create(**POINT)
    with refused("整改的问题和来源不能修改"), transaction.atomic():
        Rectification.objects.filter(pk=made.pk).update(**changes)


def test_a_closed_point_is_opened_before_it_is_changed() -> None:
    closed = {"closed_on": DAY, "closed_by": "甲", "outcome": "做了"}
    made = Rectification.objects.create(**POINT, **closed)
    for changes in ({"measure": "另"}, {"outcome": "另"}):
        with refused("整改已经销号，要先恢复"), transaction.atomic():
            Rectification.objects.filter(pk=made.pk).update(**changes)
    assert Rectification.objects.filter(pk=made.pk).update(closed_on=None, closed_by="", outcome="") == 1


def test_nothing_is_deleted_and_a_score_is_never_changed() -> None:
    made = sent()
    ReviewQuestion.objects.create(submission=made, **ASKED)
    FinanceScore.objects.create(submission=made, **GIVEN)
    Rectification.objects.create(**POINT)
    tables = ("financescore", "reviewquestion", "rectification", "submission")
    for table in tables:
        with refused("只能追加或更正"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM evaluation_{table}")
    with refused("只能追加或更正"), transaction.atomic():
        FinanceScore.objects.update(score=Decimal(1))
