"""网上申请: a family leaves it at the door and reads back only how it stands; a clerk takes it over or answers."""

from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from opendibao.audit.queries import verify_chain
from opendibao.intake.actions import submit_case
from opendibao.intake.completeness import return_for_supplement
from opendibao.intake.models import OnlineApplication
from opendibao.intake.online import answer_online
from opendibao.intake.online_door import family_standing, leave_application
from opendibao.intake.online_queries import online_application, online_applications, online_count
from opendibao.intake.refusal import IntakeRefused
from tests.conftest import ActAs
from tests.registry.builders import MOTHER, TOWN, VILLAGE, at, divisions, household, number

DAY = date(2024, 3, 1)
WHO = number(date(1984, 3, 12), 2)
TAIL, NINE = WHO[-4:], at(DAY)
SAID = {"members": [{"name": "李小红", "relation": "child", "id_number": ""}], "reason": "生病", "address": "3组"}


def left(
    id_number: str = WHO, *, key: str = "a" * 32, division: str = VILLAGE, when: datetime = NINE, **said: object
) -> str:
    return leave_application(
        division, applicant="王秀英", id_number=id_number, phone="00012345678", content={**SAID, **said}, key=key,
        received_at=when,
    )  # fmt: skip


@pytest.fixture
def door(act_as: ActAs) -> None:
    """The county's places are known; nobody acts."""
    with act_as("360429"):
        divisions()


@pytest.fixture
def nobody(door: None, act_as: ActAs) -> object:
    """The app's role without officer or division, as behind the door."""
    with act_as("", ""):
        yield


class TestDoor:
    def test_a_receipt_number_comes_back_and_nothing_else_can_be_read(self, nobody: None) -> None:
        receipt = left()

        assert receipt.startswith("W240301-")
        assert len(receipt) == 14
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM intake_onlineapplication")
            assert cursor.fetchone() == (0,)  # who comes through the door sees no row, not even his own

    def test_nobody_writes_the_table_itself(self, nobody: None) -> None:
        with (
            connection.cursor() as cursor,
            pytest.raises(DatabaseError, match="row-level security"),
            transaction.atomic(),
        ):
            cursor.execute(
                "INSERT INTO intake_onlineapplication (number, division, received_at, applicant, id_number, phone,"
                " content, answer) VALUES ('W1', %s, now(), 'x', 'x', 'x', '{}', '')",
                [VILLAGE],
            )

    def test_the_same_form_sent_twice_is_one_application(self, nobody: None) -> None:
        assert left() == left(when=at(DAY) + timedelta(minutes=1))

    def test_the_audit_notes_it_without_saying_who(self, door: None, act_as: ActAs) -> None:
        with act_as("", ""):
            receipt = left()
        with act_as("360429"):
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT actor, action, payload::text FROM audit_event WHERE subject = %s", [f"网上申请 {receipt}"]
                )
                assert cursor.fetchall() == [("网上申请", "收到网上申请", "{}")]
            assert verify_chain().first_broken is None

    @pytest.mark.parametrize(
        ("given", "said"),
        [
            ({"id_number": "110101199001011234"}, "校验位不对"),
            ({"id_number": "12"}, "应为18位"),
            ({"division": TOWN}, "请选择居住的村（社区）"),
            ({"division": "999999999999"}, "请选择居住的村（社区）"),
            ({"reason": "长" * 20000}, "填写的内容太长"),
        ],
    )
    def test_what_cannot_be_is_refused_in_the_familys_words(
        self, nobody: None, given: dict[str, str], said: str
    ) -> None:
        with pytest.raises(IntakeRefused, match=said):
            left(**given)  # type: ignore[arg-type]

    @pytest.mark.parametrize(
        ("applicant", "phone"), [("", "1"), ("王秀英", " "), ("长" * 61, "1"), ("王秀英", "1" * 21)]
    )
    def test_it_has_a_name_and_a_telephone(self, nobody: None, applicant: str, phone: str) -> None:
        with pytest.raises(IntakeRefused, match="请填写申请人的姓名和联系电话"):
            leave_application(
                VILLAGE, applicant=applicant, id_number=WHO, phone=phone, content=SAID, key="a", received_at=at(DAY)
            )

    def test_three_a_day_under_one_id_number(self, nobody: None) -> None:
        for place in range(3):
            left(key=f"k{place}")
        with pytest.raises(IntakeRefused, match="请明天再试"):
            left(key="k9")

        assert left(key="k9", when=at(date(2024, 3, 2)))

    def test_a_flood_is_stopped_for_the_hour(self, nobody: None) -> None:
        for place in range(200):
            left(number(date(1950, 1, 1) + timedelta(days=place), 2), key=f"k{place}")
        with pytest.raises(IntakeRefused, match="请过一小时再试"):
            left(key="more")

        assert left(key="more", when=at(DAY) + timedelta(hours=1, seconds=1))


class TestStanding:
    def test_it_says_the_stage_to_who_knows_the_end_of_the_number(self, nobody: None) -> None:
        receipt = left()

        found = family_standing(receipt, TAIL)

        assert found is not None
        assert (found.stage, found.missing, found.answer) == ("received", [], "")
        assert family_standing(receipt, "0000") is None
        assert family_standing("W240301-XXXXXX", TAIL) is None

    def test_of_a_case_it_says_what_is_missing(self, door: None, act_as: ActAs) -> None:
        with act_as("360429"):
            home = household()
            made = submit_case(home, kind="application", channel="online", declared={}, on=DAY, at=at(DAY))
            return_for_supplement(made.pk, items=["核对授权书：王秀英", "委托书"], on=DAY, at=at(DAY))
        with act_as("", ""):
            found = family_standing(made.number, MOTHER.id_number[-4:])
            stranger = family_standing(made.number, "0001")

        assert found is not None
        assert (found.stage, found.missing) == ("returned", ["核对授权书", "委托书"])
        assert stranger is None


class TestClerk:
    def test_what_waits_is_listed_the_oldest_first_and_says_who_sent_more(self, door: None, act_as: ActAs) -> None:
        with act_as("", ""):
            first, second = left(key="a"), left(key="b", when=at(date(2024, 3, 2)))
        with act_as("360429100"):
            rows = online_applications(is_waiting=True)
            assert [row.number for row in rows] == [first, second]
            assert [row.others for row in rows] == [1, 1]
            assert rows[0].said.members[0].name == "李小红"
            assert online_count(is_waiting=True) == 2
        with act_as("360429101"):
            assert online_applications(is_waiting=False) == []
            assert online_application(rows[0].id) is None

    def test_an_answer_is_given_once_and_the_family_reads_it(self, door: None, act_as: ActAs) -> None:
        with act_as("", ""):
            receipt = left()
        with act_as("360429100"):
            row = online_applications(is_waiting=True)[0]
            answer_online(row.id, answer="户籍在外县，请向那边申请", on=DAY, at=at(DAY))
            with pytest.raises(IntakeRefused, match="已于2024-03-01办理"):
                answer_online(row.id, answer="再答", on=DAY, at=at(DAY))
            assert online_count(is_waiting=True) == 0
        with act_as("", ""):
            found = family_standing(receipt, TAIL)

        assert found is not None
        assert (found.stage, found.answer) == ("answered", "户籍在外县，请向那边申请")

    @pytest.mark.parametrize(
        ("answer", "on", "said"),
        [
            (" ", DAY, "写明为什么不转为申请"),
            ("长" * 201, DAY, "写明为什么"),
            ("好", date(2024, 2, 1), "早于收到日期2024-03-01"),
        ],
    )
    def test_an_answer_that_cannot_be_is_refused(
        self, door: None, act_as: ActAs, answer: str, on: date, said: str
    ) -> None:
        with act_as("", ""):
            left()
        with act_as("360429100"):
            row = online_applications(is_waiting=True)[0]
            with pytest.raises(IntakeRefused, match=said):
                answer_online(row.id, answer=answer, on=on, at=at(DAY))

    def test_what_is_not_there_is_not_answered(self, door: None, act_as: ActAs) -> None:
        with act_as("360429100"), pytest.raises(IntakeRefused, match="没有这份网上申请"):
            answer_online(0, answer="好", on=DAY, at=at(DAY))

    def test_the_table_refuses_to_rewrite_what_a_family_sent(self, door: None, act_as: ActAs) -> None:
        with act_as("", ""):
            left()
        with act_as("360429"):
            row = OnlineApplication.objects.get()
            row.phone = "1"
            with pytest.raises(IntegrityError, match="文书和网上申请的内容不能改写"), transaction.atomic():
                row.save()

    def test_the_table_refuses_half_an_answer(self, door: None, act_as: ActAs) -> None:
        with act_as("", ""):
            left()
        with act_as("360429"):
            row = OnlineApplication.objects.get()
            row.answered_on = DAY
            with pytest.raises(IntegrityError, match="taken_over_or_answered"), transaction.atomic():
                row.save()
