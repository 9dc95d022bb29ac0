"""转介: what the rules point to is passed on to its office, asked after, and what came of it is noted once."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from opendibao.audit.models import Event
from opendibao.audit.session import acting, current_session
from opendibao.decision.beyond_queries import referral_kinds, referrals, referrals_count, referrals_of
from opendibao.decision.models import Referral
from opendibao.decision.referrals import close_referral, offers, reason_of, refer_household
from opendibao.decision.refusal import DecisionRefused
from tests.decision.beyond import RECOGNISED, refer
from tests.decision.builders import covered, surveyed
from tests.faults.promises import Broken, named_by_the_database
from tests.registry.builders import LONER, at, household

pytestmark = pytest.mark.usefixtures("places")
# twenty working days after Wednesday 2024-03-20: 2024-04-04 and 05 are the grave-sweeping holiday, 04-07 a make-up day
DUE, LATE = date(2024, 4, 18), date(2024, 4, 19)
ANSWERED = {"outcome": "granted", "words": "免除学费每学期500元"}


def close(made: Referral, on: date = DUE, **said: str) -> Referral:
    return close_referral(made.pk, **{**ANSWERED, **said}, on=on, at=at(on))


class TestTheStory:
    def test_what_the_rules_point_to_is_referred_with_its_reason(self) -> None:
        decision = covered()
        also = offers(decision.household_id)
        assert [one.code for one in also] == ["medical"]
        assert reason_of(also, "medical") == "本次结果是低保；参加医保的缴费和自负的医疗费都可以问"
        assert reason_of(also, "disability_care") == ""

        made = refer(decision.household_id, because=reason_of(also, "medical"))

        assert (made.due_on, made.referred_by, made.office) == (DUE, current_session().officer, "县教育局")
        assert [row.id for row in referrals_of(decision.household_id)] == [made.pk]

    def test_an_office_that_does_not_answer_is_asked_after(self) -> None:
        made = refer(household())

        assert (referrals_count("open", DUE), referrals_count("late", DUE)) == (1, 0)
        assert [row.id for row in referrals("late", LATE)] == [made.pk]

    def test_what_came_of_it_is_counted_by_kind(self) -> None:
        home = household()
        close(refer(home))
        refer(home, kind="medical")

        assert [(row.kind, row.open, row.granted, row.all) for row in referral_kinds()] == [
            ("education", 0, 1, 1), ("medical", 1, 0, 1)
        ]  # fmt: skip
        assert [row.words for row in referrals("closed", DUE, kind="education")] == [ANSWERED["words"]]
        assert referrals_count("closed", DUE, kind="medical") == 0
        assert [referrals_count("granted", DUE, kind=kind) for kind in ("education", "medical")] == [1, 0]

    def test_before_a_decision_the_survey_says_what_else_there_is(self) -> None:
        case = surveyed()
        assert [one.code for one in offers(case.household_id)] == ["medical"]
        assert offers(household("999999-00002", LONER)) == []

    def test_both_acts_stand_in_the_audit_chain(self) -> None:
        close(refer(household()))
        said = Event.objects.filter(action__startswith="登记转介").order_by("pk").values_list("action", flat=True)
        assert list(said) == ["登记转介", "登记转介结果"]


class TestRefused:
    @pytest.mark.parametrize(
        ("but", "said"),
        [
            ({"kind": "edge"}, "救助种类“edge”不在可选项内"),
            ({"office": " "}, "请用60字以内写明转给哪个部门"),
            ({"because": ""}, "请用200字以内写明为什么转介"),
            ({"because": "长" * 201}, "请用200字以内写明为什么转介"),
        ],
    )
    def test_what_is_missing_is_named(self, but: dict[str, str], said: str) -> None:
        given = {"kind": "education", "office": "县教育局", "because": "在校就读", **but}
        with pytest.raises(DecisionRefused, match=said):
            refer_household(household(), **given, on=RECOGNISED, at=at(RECOGNISED))
        assert not Referral.objects.exists()

    def test_a_second_of_the_same_kind_while_one_is_open(self) -> None:
        home = household()
        refer(home)
        with pytest.raises(DecisionRefused, match="教育救助已于2024-03-20转给县教育局，还没有结果"):
            refer(home)

    def test_a_case_of_another_household(self) -> None:
        case = surveyed()
        with pytest.raises(DecisionRefused, match="所选案件不是这一户的"):
            refer_household(
                household("999999-00002", LONER), kind="education", office="县教育局", because="在校", case_id=case.pk,
                on=RECOGNISED, at=at(RECOGNISED),
            )  # fmt: skip

    def test_a_household_of_another_township(self) -> None:
        home, now = household(), current_session()
        with acting("远经办", "360429101", now.duties), pytest.raises(DecisionRefused, match="不在本人可见的区划内"):
            refer(home)

    @pytest.mark.parametrize(
        ("on", "but", "said"),
        [
            (DUE, {"outcome": "lost"}, "结果“lost”不在可选项内"),
            (date(2024, 3, 19), {}, "早于转介日期2024-03-20"),
            (DUE, {"outcome": "unanswered"}, "可以答复到2024-04-18为止"),
            (DUE, {"words": ""}, "请用200字以内写明结果"),
        ],
    )
    def test_a_result_that_cannot_be(self, on: date, but: dict[str, str], said: str) -> None:
        with pytest.raises(DecisionRefused, match=said):
            close(refer(household()), on, **but)

    def test_a_result_is_said_once(self) -> None:
        made = close(refer(household()))
        with pytest.raises(DecisionRefused, match="结果已于2024-04-18登记（已给予救助），不能改写"):
            close(made, LATE, outcome="refused")


DAY, BEFORE = date(2024, 5, 20), date(2024, 5, 19)
SENT = {"referred_on": DAY}
PROMISES = [
    Broken("one_open_referral_of_a_kind", "decision.Referral", SENT, {}),
    Broken("referral_closes_with_an_outcome", "decision.Referral", SENT, {"kind": "medical", "closed_on": DAY}),
    Broken("referral_closes_with_an_outcome", "decision.Referral", SENT, {"kind": "medical", "outcome": "granted"}),
    Broken("referral_closes_with_an_outcome", "decision.Referral", SENT, {"kind": "medical", "words": "给了"}),
    Broken(
        "referral_closes_with_an_outcome",
        "decision.Referral",
        SENT,
        {"closed_on": BEFORE, "outcome": "granted", "words": "给了"},
    ),
]


@pytest.mark.parametrize("promise", PROMISES, ids=lambda p: p.constraint)
def test_the_database_itself_keeps_the_promise(promise: Broken) -> None:
    assert named_by_the_database(promise) == promise.constraint


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("UPDATE decision_referral SET because = '改'", "不能改写"),
        ("UPDATE decision_referral SET outcome = 'refused'", "已经办结"),
        ("DELETE FROM decision_referral", "不能"),
    ],
)
def test_what_was_referred_and_answered_stays(sql: str, said: str) -> None:
    close(refer(household()))
    with pytest.raises(DatabaseError, match=said), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_an_open_one_can_be_closed_by_sql_only_whole() -> None:
    refer(household())
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE decision_referral SET closed_on = referred_on")
