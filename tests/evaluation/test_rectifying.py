"""整改: points are proposed from the year, taken in once, changed, closed, opened again, and carried over."""

from datetime import date
from decimal import Decimal

import pytest

from opendibao.audit.duties import NotYourDuty
from opendibao.audit.queries import events_of
from opendibao.evaluation.actions import lock_year
from opendibao.evaluation.finance_review import ask_question, score_row
from opendibao.evaluation.models import Rectification
from opendibao.evaluation.rectifications import (
    Standing,
    carried_over,
    kind_of,
    overdue_or_soon,
    rectification_subject,
    rectifications,
    standing,
)
from opendibao.evaluation.rectifying import (
    Point,
    change_rectification,
    close_rectification,
    reopen_rectification,
    take_points,
)
from opendibao.evaluation.refusal import EvaluationRefused
from opendibao.evaluation.submitting import reply_question
from opendibao.reporting.measures import proposed_points
from tests.evaluation import receiving, small_county
from tests.evaluation.year import LATER, LOCKED, YEAR
from tests.payment.builders import COUNTY

pytestmark = pytest.mark.usefixtures("county")
DUE = date(2025, 4, 30)
SLOW = Point("indicator:staff_trainings", "培训少了一次", "年初排定日程", "民政局")


def taken(*points: Point, due_on: date = DUE) -> list[Rectification]:
    with receiving.evaluator():
        return take_points(YEAR, COUNTY, points or (SLOW,), due_on=due_on, at=LATER)


def test_what_was_missed_not_measured_or_doubted_and_what_finance_said_is_proposed() -> None:
    """Of the sheet: money over its target, three trainings of four, no accuracy sample; the persons are met.

    Of the ledger: none of the three villages had any publicity for the old.
    """
    made = receiving.sent()
    with receiving.finance():
        asked = ask_question(made.pk, "indicator:staff_trainings", "少一次培训，为什么", at=LATER)
        score_row(made.pk, "urban_persons", Decimal(8), reason="人数有一户重复", at=LATER)
    with receiving.evaluator():
        reply_question(asked.pk, "改到一月", at=LATER)

    found = {one.origin: one for one in proposed_points(YEAR, COUNTY)}

    assert list(found) == [
        "indicator:rural_benefit_paid", "indicator:staff_trainings", "indicator:target_accuracy",
        f"question:{asked.pk}", "score:urban_persons", "problem:P11",
    ]  # fmt: skip
    assert "（指标值≥4次，实际3次）" in found["indicator:staff_trainings"].problem
    assert found["indicator:target_accuracy"].problem.startswith("保障对象准确率未测得：")
    assert found[f"question:{asked.pk}"].problem == "全年组织低保经办人员培训次数：少一次培训，为什么"
    assert found[f"question:{asked.pk}"].measure.endswith("已答复：改到一月")
    assert "财政评分8.00，低于自评9.00，理由：人数有一户重复" in found["score:urban_persons"].problem
    assert all(one.measure and one.owner for one in found.values())


def test_an_open_error_is_proposed_once_however_often_it_was_found() -> None:
    small_county.whole()
    with receiving.evaluator():
        lock_year(YEAR, COUNTY, at=LOCKED)
    origins = [one.origin for one in proposed_points(YEAR, COUNTY)]
    assert [one for one in origins if one.startswith("finding:")] == ["finding:W01", "finding:W02", "finding:W04"]


def test_nothing_is_proposed_before_anything_is_locked() -> None:
    assert proposed_points(YEAR, COUNTY) == ()


def test_a_point_that_is_on_the_list_is_not_proposed_again() -> None:
    receiving.lived()
    receiving.finalised()
    proposed = proposed_points(YEAR, COUNTY)
    taken(*proposed)
    assert len(proposed) == 4
    assert proposed_points(YEAR, COUNTY) == ()
    assert [one.number for one in rectifications(YEAR, COUNTY)] == [1, 2, 3, 4]


def test_all_are_taken_or_none() -> None:
    taken()
    with pytest.raises(EvaluationRefused, match="“培训少了一次”已经在2024年度的整改清单里"):
        taken(Point("own", "别的", "做", "局"), SLOW)
    assert [one.origin for one in rectifications(YEAR, COUNTY)] == ["indicator:staff_trainings"]


def test_points_of_one_s_own_are_numbered() -> None:
    taken(Point("own", "甲", "做", "局"), Point("own", "乙", "做", "局"))
    assert [one.origin for one in rectifications(YEAR, COUNTY)] == ["own:1", "own:2"]


@pytest.mark.parametrize(
    ("point", "due_on", "said"),
    [
        (Point("own", " ", "做", "局"), DUE, "“问题”没有填写"),
        (Point("own", "甲", "", "局"), DUE, "“整改措施”没有填写"),
        (Point("own", "甲", "做", "局" * 61), DUE, "“责任单位”有61个字，最多60个"),
        (Point("own", "甲", "做", "局"), date(2025, 2, 28), "“整改期限”2025-02-28已经过了"),
        (Point("dream:1", "甲", "做", "局"), DUE, "“来源”dream:1不认识"),
    ],
)
def test_a_bad_point_is_refused_by_field(point: Point, due_on: date, said: str) -> None:
    with pytest.raises(EvaluationRefused, match=said):
        taken(point, due_on=due_on)
    assert not Rectification.objects.exists()


def test_nothing_chosen_is_nothing_taken() -> None:
    with receiving.evaluator(), pytest.raises(EvaluationRefused, match="没有选要列入的问题"):
        take_points(YEAR, COUNTY, [], due_on=DUE, at=LATER)


def test_a_change_keeps_what_stood_before() -> None:
    one = taken()[0]
    with receiving.evaluator():
        change_rectification(one.pk, measure="按季排定", owner="民政局", due_on=DUE, reason="太笼统", at=LATER)
        with pytest.raises(EvaluationRefused, match="没有要保存的修改"):
            change_rectification(one.pk, measure="按季排定", owner="民政局", due_on=DUE, reason="再", at=LATER)
    last = events_of(rectification_subject(one.pk))[-1]
    assert last.action == "修改整改"
    assert last.payload["before"]["measure"] == "年初排定日程"
    assert last.payload["reason"] == "太笼统"


def test_an_overdue_point_may_be_changed_without_another_day() -> None:
    one = taken()[0]
    Rectification.objects.filter(pk=one.pk).update(due_on=date(2025, 2, 1))
    with receiving.evaluator():
        change_rectification(one.pk, measure="按季", owner="民政局", due_on=date(2025, 2, 1), reason="细化", at=LATER)
        with pytest.raises(EvaluationRefused, match="“整改期限”2025-02-10已经过了"):
            change_rectification(one.pk, measure="按季", owner="局", due_on=date(2025, 2, 10), reason="改", at=LATER)


def test_a_point_is_closed_with_its_outcome_and_opened_again_with_a_reason() -> None:
    one = taken()[0]
    with receiving.evaluator():
        with pytest.raises(EvaluationRefused, match="“整改结果”没有填写"):
            close_rectification(one.pk, outcome=" ", on=date(2025, 3, 1), at=LATER)
        with pytest.raises(EvaluationRefused, match="“销号日期”2025-03-02还没有到"):
            close_rectification(one.pk, outcome="做了", on=date(2025, 3, 2), at=LATER)
        closed = close_rectification(one.pk, outcome="培训已补", on=date(2025, 3, 1), at=LATER)
        assert (closed.closed_by, closed.outcome) == ("文评价", "培训已补")
        with pytest.raises(EvaluationRefused, match="请先恢复再修改"):
            change_rectification(one.pk, measure="另", owner="局", due_on=DUE, reason="改", at=LATER)
        with pytest.raises(EvaluationRefused, match="由文评价销号，不用再办"):
            close_rectification(one.pk, outcome="又", on=date(2025, 3, 1), at=LATER)
        again = reopen_rectification(one.pk, reason="签到表还缺", at=LATER)
    assert (again.closed_on, again.closed_by, again.outcome) == (None, "", "")
    assert [event.action for event in events_of(rectification_subject(one.pk))] == ["列入整改", "整改销号", "恢复整改"]


@pytest.mark.parametrize(
    ("today", "found"),
    [
        (date(2025, 3, 30), Standing.OPEN),
        (date(2025, 3, 31), Standing.SOON),
        (DUE, Standing.SOON),
        (date(2025, 5, 1), Standing.OVERDUE),
    ],
)
def test_a_point_is_due_soon_thirty_days_before_and_overdue_the_day_after(today: date, found: Standing) -> None:
    one = taken()[0]
    assert standing(one, today) is found
    assert (one in overdue_or_soon(COUNTY, today)) == (found is not Standing.OPEN)


def test_the_next_year_s_report_opens_with_last_year_s_list() -> None:
    one = taken(SLOW, Point("own", "乙", "做", "局"))[0]
    with receiving.evaluator():
        close_rectification(one.pk, outcome="培训已补", on=date(2025, 3, 1), at=LATER)
    lines = carried_over(YEAR + 1, COUNTY, date(2025, 5, 1))
    assert [(line.number, line.standing, line.outcome) for line in lines] == [
        (1, Standing.CLOSED, "培训已补"), (2, Standing.OVERDUE, ""),
    ]  # fmt: skip
    assert carried_over(YEAR, COUNTY, DUE) == ()


@pytest.mark.parametrize(
    ("origin", "kind"), [("indicator:fund_use", "indicator"), ("problem:P07", "problem"), ("x", "own")]
)
def test_a_point_s_kind_is_what_stands_before_the_colon(origin: str, kind: str) -> None:
    assert kind_of(origin) == kind


def test_finance_does_not_keep_the_list() -> None:
    with receiving.finance(), pytest.raises(NotYourDuty, match="审核确认"):
        take_points(YEAR, COUNTY, [SLOW], due_on=DUE, at=LATER)
