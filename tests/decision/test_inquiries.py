"""问责核查: a wrong decision is looked into by others than its makers; who did his duty is exempt on all conditions."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from opendibao.audit.session import acting, current_session
from opendibao.decision.accountable import hands_of_case, hands_on
from opendibao.decision.beyond_queries import inquiries, inquiries_count, training_topics
from opendibao.decision.inquiries import CONDITIONS, close_inquiry, open_inquiry
from opendibao.decision.models import Inquiry
from opendibao.decision.refusal import DecisionRefused
from opendibao.outreach.actions import hold_training
from tests.decision.beyond import FOUND, edge_refused, look_into, whole
from tests.decision.builders import CHECKER, HANDS, SURVEYORS, checking, covered
from tests.faults.promises import Broken, named_by_the_database
from tests.registry.builders import TOWN, at

pytestmark = pytest.mark.usefixtures("places")
OPENED, CLOSED = date(2024, 3, 20), date(2024, 4, 1)
JUDGE = "郭评价"
WORDS = "按程序核对、入户，工资由雇主隐瞒，查不到"


def close(made: Inquiry, on: date = CLOSED, by: str = JUDGE, **said: object) -> Inquiry:
    given = {"outcome": "no_fault", "reason": WORDS, **said}
    with checking(by):
        return close_inquiry(made.pk, **given, on=on, at=at(on))  # type: ignore[arg-type]


class TestTheStory:
    def test_everybody_with_a_hand_in_it_is_named_with_his_day(self) -> None:
        decision = covered()

        found = {(hand.did, hand.name) for hand in hands_on(decision.pk)}

        officer = current_session().officer
        assert found == {
            ("accepted", officer), *(("surveyed", name) for name in SURVEYORS), ("entered", officer),
            ("met", "邓主持"), ("met", "方记录"), ("proposed", officer), ("made", HANDS["maker"]),
            ("approved", CHECKER),
        }  # fmt: skip
        assert hands_of_case(decision.case_id or 0) == hands_on(decision.pk)
        assert [hand.did_zh for hand in hands_on(decision.pk)][:2] == ["受理", "入户调查"]

    def test_a_finding_is_looked_into_and_closed_by_another(self) -> None:
        made = look_into(edge_refused())
        # thirty working days after Wednesday 2024-03-20, over the grave-sweeping and labour days
        assert (made.due_on, made.opened_by) == (date(2024, 5, 6), current_session().officer)

        close(made)

        made.refresh_from_db()
        assert (made.closed_by, made.outcome, made.conditions) == (JUDGE, "no_fault", [])
        assert (inquiries_count("open"), inquiries_count("closed")) == (0, 1)

    def test_who_did_his_duty_is_exempt_on_all_four_conditions(self) -> None:
        made = close(look_into(edge_refused()), outcome="exempt", conditions=list(reversed(CONDITIONS)))
        assert made.conditions == list(CONDITIONS)

    def test_what_is_to_be_trained_stays_open_until_a_training_of_it_was_held(self) -> None:
        made = close(look_into(edge_refused()), outcome="educated", topic="外出务工收入核算")
        assert [(one.words, one.inquiries, one.since) for one in training_topics()] == [("外出务工收入核算", 1, CLOSED)]
        assert [row.id for row in inquiries("closed", topic="外出务工收入核算")] == [made.pk]

        train("别的主题", CLOSED)
        train("外出务工收入核算", date(2024, 3, 31))  # before the inquiry was closed
        train("外出务工收入核算", date(2024, 4, 9), sheet="")  # nobody signed
        assert len(training_topics()) == 1
        train("外出务工收入核算", date(2024, 4, 10))
        assert training_topics() == []

    def test_after_one_was_closed_another_may_be_opened(self) -> None:
        decision = edge_refused()
        close(look_into(decision))
        look_into(decision, CLOSED, "corrected")
        assert (inquiries_count("open"), inquiries_count("all")) == (1, 2)


def train(topic: str, on: date, sheet: str = "签到表1") -> None:
    signatures = [(TOWN, "王经办")] if sheet else []
    hold_training(TOWN, held_on=on, topic=topic, sheet=sheet, signatures=signatures, at=at(on))


class TestRefused:
    @pytest.mark.parametrize("name", [*SURVEYORS, CHECKER, HANDS["maker"]])
    def test_who_had_a_hand_in_it_may_not_close_it(self, name: str) -> None:
        with pytest.raises(DecisionRefused, match=f"{name}经手过这个决定"):
            close(look_into(edge_refused()), by=name)

    @pytest.mark.parametrize("name", [*SURVEYORS, CHECKER, HANDS["maker"]])
    def test_nor_by_sql(self, name: str) -> None:
        look_into(edge_refused())
        with pytest.raises(IntegrityError, match="经手过这个决定的人不能办结"), transaction.atomic():
            Inquiry.objects.update(closed_on=CLOSED, closed_by=name, outcome="no_fault", reason=WORDS)

    @pytest.mark.parametrize("lacks", list(CONDITIONS))
    def test_an_exemption_with_a_condition_not_found(self, lacks: str) -> None:
        found = [code for code in CONDITIONS if code != lacks]
        with pytest.raises(DecisionRefused, match=f"第三十九条）.*还缺：{CONDITIONS[lacks]}"):
            close(look_into(edge_refused()), outcome="exempt", conditions=found)

    @pytest.mark.parametrize(
        ("said", "words"),
        [
            ({"conditions": ["fair"]}, "只有尽职免责才填免责条件"),
            ({"outcome": "educated"}, "批评教育请写明要补训的主题"),
            ({"outcome": "lost"}, "核查结论“lost”不在可选项内"),
            ({"reason": " "}, "请用300字以内写明结论的理由"),
            ({"on": date(2024, 3, 19)}, "早于立项日期2024-03-20"),
            ({"topic": "长" * 61}, "培训主题最多60字"),
        ],
    )
    def test_what_is_wrong_with_an_outcome_is_named(self, said: dict[str, object], words: str) -> None:
        made = look_into(edge_refused())
        with pytest.raises(DecisionRefused, match=words):
            close(made, **said)  # type: ignore[arg-type]
        made.refresh_from_db()
        assert made.closed_on is None

    def test_twice(self) -> None:
        made = close(look_into(edge_refused()))
        with pytest.raises(DecisionRefused, match="已于2024-04-01由郭评价办结（没有过错），不能改写"):
            close(made)

    @pytest.mark.parametrize(
        ("but", "words"),
        [
            ({"finding": "odd"}, "发现的问题“odd”不在可选项内"),
            ({"source": "odd"}, "发现来源“odd”不在可选项内"),
            ({"words": ""}, "请用300字以内写明问题情况"),
            ({"on": date(2024, 3, 17)}, "早于决定日期2024-03-18"),
        ],
    )
    def test_what_is_wrong_with_a_finding_is_named(self, but: dict[str, object], words: str) -> None:
        given: dict[str, object] = {"finding": "wrongly_in", "source": "match", "words": FOUND, "on": OPENED, **but}
        with pytest.raises(DecisionRefused, match=words):
            open_inquiry(edge_refused().pk, **given, at=at(OPENED))  # type: ignore[arg-type]

    def test_a_second_while_one_runs(self) -> None:
        decision = edge_refused()
        look_into(decision)
        with pytest.raises(DecisionRefused, match="已于2024-03-20立项（漏保），还没有办结"):
            look_into(decision)

    def test_of_another_township(self) -> None:
        decision, now = edge_refused(), current_session()
        with acting("远审核", "360429101", now.duties), pytest.raises(DecisionRefused, match="不在本人可见的区划内"):
            look_into(decision)


DAY, BEFORE = date(2024, 5, 20), date(2024, 5, 19)
RUNS = {"opened_on": DAY, "words": FOUND, "conditions": []}
OTHER = {"decision": 2}
ENDED = {"closed_on": DAY, "closed_by": JUDGE, "outcome": "no_fault", "reason": WORDS}
PROMISES = [
    Broken("one_open_inquiry_per_decision", "decision.Inquiry", RUNS, {}),
    Broken("inquiry_names_the_finding", "decision.Inquiry", RUNS, OTHER | {"words": ""}),
    Broken("inquiry_closes_with_a_reason", "decision.Inquiry", RUNS, OTHER | {"closed_on": DAY}),
    Broken("inquiry_closes_with_a_reason", "decision.Inquiry", RUNS, OTHER | {"topic": "主题"}),
    Broken("inquiry_closes_with_a_reason", "decision.Inquiry", RUNS, OTHER | {"conditions": ["fair"]}),
    Broken("inquiry_closes_with_a_reason", "decision.Inquiry", RUNS, OTHER | ENDED | {"reason": ""}),
    Broken("inquiry_closes_with_a_reason", "decision.Inquiry", RUNS, OTHER | ENDED | {"closed_by": ""}),
    Broken("inquiry_closes_with_a_reason", "decision.Inquiry", RUNS, OTHER | ENDED | {"closed_on": BEFORE}),
    Broken("exempt_on_every_condition", "decision.Inquiry", RUNS, OTHER | ENDED | {"outcome": "exempt"}),
    Broken(
        "exempt_on_every_condition",
        "decision.Inquiry",
        RUNS,
        OTHER | ENDED | {"outcome": "exempt", "conditions": ["fair", "dutiful", "objective"]},
    ),
]


@pytest.mark.parametrize("promise", PROMISES, ids=lambda p: p.constraint)
def test_the_database_itself_keeps_the_promise(promise: Broken) -> None:
    assert named_by_the_database(promise) == promise.constraint


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("UPDATE decision_inquiry SET words = '改'", "不能改写"),
        ("UPDATE decision_inquiry SET reason = '改'", "已经办结"),
        ("DELETE FROM decision_inquiry", "不能"),
    ],
)
def test_what_was_found_stays(sql: str, said: str) -> None:
    close(look_into(edge_refused()))
    with pytest.raises(DatabaseError, match=said), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_the_county_that_every_page_is_shown_from_can_be_entered() -> None:
    made = whole()
    assert (inquiries_count("open"), inquiries_count("closed")) == (1, 1)
    assert made.inquiry != made.closed_inquiry
