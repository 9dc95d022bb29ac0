"""核对名单: only those asked about stand in it; by tokens no number leaves, and answers find their persons."""

import json
from datetime import date

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from opendibao.audit.models import Event
from opendibao.audit.session import acting
from opendibao.intake.consents import revoke_consent
from opendibao.intake.models import Case, Consent
from opendibao.kernel.duties import Duty
from opendibao.registry.queries import person_id
from opendibao.verification.actions import request_match
from opendibao.verification.deliveries.queries import records_of
from opendibao.verification.models import Delivery, Exchange, ExchangePerson, Lookup
from opendibao.verification.privacy.exchange_answers import AnswerManifest, Resolved, file_answer
from opendibao.verification.privacy.exchange_queries import exchange, exchanges, lines_of, list_file
from opendibao.verification.privacy.exchanges import Made, hand_over_key, make_exchange
from opendibao.verification.privacy.tokens import part_of
from opendibao.verification.refusal import VerificationRefused
from tests.conftest import ActAs
from tests.decision.builders import DECIDED, covered
from tests.faults.promises import Broken, named_by_the_database
from tests.intake.builders import ASKED, VISITED, authorised
from tests.registry.builders import CHILD, FATHER, MOTHER, at
from tests.verification.privacy.department import answer, listed_tokens

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]
NUMBERS = (MOTHER.id_number, FATHER.id_number, CHILD.id_number)
GIVEN = AnswerManifest("县农商银行", "57号第十七条", "核授2024-1", ASKED)


def asked() -> Case:
    """A family of three about whom everybody is asked."""
    case = authorised()
    request_match(case.pk, on=ASKED, at=at(ASKED))
    return case


def made(form: str = "tokens", *, on: date = ASKED, whom: str = "open", purpose: str = "受理后核对") -> Made:
    return make_exchange("bank_deposits", form=form, whom=whom, purpose=purpose, on=on, at=at(on))


def file_of(found: Made) -> bytes:
    row = exchange(found.exchange_id)
    assert row
    return list_file(row, "县农商银行")


def key_of(found: Made) -> str:
    return hand_over_key(found.exchange_id, given_to="农商银行科技部周某", on=ASKED, at=at(ASKED))


def deposit(id_number: str = "", name: str = "", *, balance: str = "98000", **more: str) -> dict[str, str]:
    return {"id_number": id_number, "name": name, "bank": "农商银行", "account": "6001", "balance": balance,
            "as_of": "2024-03-01", **more}  # fmt: skip


def filed(found: Made, data: bytes) -> Resolved:
    return file_answer(found.exchange_id, data, "答复.csv", GIVEN, on=VISITED, at=at(VISITED))


class TestMaking:
    def test_it_names_everybody_who_waits_for_the_source_and_logs_it(self) -> None:
        case = asked()

        found = made("clear")

        assert (found.number, found.persons, found.left_out) == ("核单〔2024〕0001号", 3, 0)
        assert [line.id_number for line in lines_of(found.exchange_id)] == sorted(
            NUMBERS, key=lambda number: person_id(number) or 0
        )
        logged = Lookup.objects.all()
        assert {(row.purpose, row.case_id, tuple(row.sources), row.about) for row in logged} == {
            ("exchange", case.pk, ("bank_deposits",), "核对名单 核单〔2024〕0001号")
        }
        assert len(logged) == 3

    def test_who_took_his_consent_back_is_left_out_and_counted(self) -> None:
        case = asked()
        consent = Consent.objects.get(case=case, person=person_id(FATHER.id_number))
        revoke_consent(consent.pk, reason="不同意了", on=ASKED, at=at(ASKED))

        found = made("clear")

        assert (found.persons, found.left_out) == (2, 1)
        assert FATHER.id_number not in [line.id_number for line in lines_of(found.exchange_id)]

    def test_the_families_in_force_can_be_listed_without_a_case(self) -> None:
        covered()

        found = made("clear", whom="in_force", on=DECIDED)

        assert found.persons == 3
        assert {row.ground for row in Lookup.objects.all()} == {"review"}

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ({"form": "paper"}, "名单形式“paper”不在可选项内"),
            ({"whom": "all"}, "名单范围“all”不在可选项内"),
            ({"purpose": " "}, "请用200字以内写明用途"),
            ({"purpose": "用" * 201}, "请用200字以内写明用途"),
            ({"source": "moon"}, "不能向来源“moon”核对"),
        ],
    )
    def test_what_cannot_be_made_is_refused(self, change: dict[str, str], said: str) -> None:
        asked()
        given = {"source": "bank_deposits", "form": "clear", "whom": "open", "purpose": "核对", **change}

        with pytest.raises(VerificationRefused, match=said):
            make_exchange(given.pop("source"), **given, on=ASKED, at=at(ASKED))

        assert not Exchange.objects.exists()

    def test_nobody_waits(self) -> None:
        with pytest.raises(VerificationRefused, match="现在没有案件里还没有答复的人"):
            made()

    def test_nobody_has_signed_any_more(self) -> None:
        case = asked()
        for consent in Consent.objects.filter(case=case):
            revoke_consent(consent.pk, reason="不同意了", on=ASKED, at=at(ASKED))

        with pytest.raises(VerificationRefused, match="要核对的3人都没有有效的核对授权书"):
            made()

    def test_only_who_confirms_makes_a_list(self) -> None:
        asked()

        with acting("王经办", "360429", {Duty.ACCEPT}), pytest.raises(PermissionError):
            made()


class TestTheFile:
    def test_by_numbers_it_says_who_they_are(self) -> None:
        asked()

        head, first, *_others = map(json.loads, file_of(made("clear")).decode().splitlines())

        assert (head["list"], head["persons"], head["purpose"]) == ("核单〔2024〕0001号", 3, "受理后核对")
        assert set(first) == {"line", "id_number", "name", "sex", "born"}

    def test_by_tokens_it_says_nothing_of_anybody(self) -> None:
        asked()

        text = file_of(made()).decode()

        assert not [number for number in NUMBERS if number in text or number[-4:] + '"' in text]
        assert not [name for name in ("王秀英", "李建国", "李小红", "1984", "2014-09-30") if name in text]
        parts = {part_of(token) for token in listed_tokens(text.encode())}
        assert {"id", "birth_seq", "birth_pinyin"} <= parts
        assert "name" not in parts

    def test_two_lists_of_the_same_people_have_no_token_in_common(self) -> None:
        asked()

        assert not listed_tokens(file_of(made())) & listed_tokens(file_of(made()))


class TestTheKey:
    def test_it_is_handed_over_once_to_somebody_by_name(self) -> None:
        asked()
        found = made()

        key = key_of(found)

        assert len(bytes.fromhex(key)) == 32
        row = exchange(found.exchange_id)
        assert row
        assert (row.key_shown_on, row.key_shown_by, row.key_given_to) == (ASKED, "张经办", "农商银行科技部周某")
        with pytest.raises(VerificationRefused, match="已于2024-03-05由张经办交给农商银行科技部周某"):
            key_of(found)

    def test_it_stands_nowhere_in_the_clear(self) -> None:
        asked()
        found = made()

        key = key_of(found)

        stored = Exchange.objects.get(pk=found.exchange_id)
        assert bytes.fromhex(key) not in bytes(stored.sealed_key or b"")
        assert not [event for event in Event.objects.all() if key in str(event.payload)]

    def test_a_list_by_numbers_has_none(self) -> None:
        asked()

        with pytest.raises(VerificationRefused, match="没有密钥"):
            key_of(made("clear"))

    def test_nobody_by_name_gets_none(self) -> None:
        asked()

        with pytest.raises(VerificationRefused, match="写明密钥交给部门的哪一位"):
            hand_over_key(made().exchange_id, given_to=" ", on=ASKED, at=at(ASKED))


class TestTheAnswer:
    def test_a_whole_number_finds_its_person_and_the_row_is_filed_as_a_delivery(self) -> None:
        asked()
        found = made()
        data = answer(file_of(found), key_of(found), [deposit(MOTHER.id_number, "王秀英")])

        result = filed(found, data)

        assert (result.rows, result.unresolved, result.filed.accepted) == (1, [], 1)
        (row,) = records_of(result.filed.delivery_id)
        assert (row.row["id_number"], row.row["name"], row.id_flag) == (MOTHER.id_number, "王秀英", "ok")
        assert row.row["balance"] == 9_800_000
        delivery = Delivery.objects.get(pk=result.filed.delivery_id)
        assert (delivery.covers, delivery.list_of, delivery.authorisation) == ("request", ASKED, "核授2024-1")
        assert [one.answer_id for one in exchanges()] == [delivery.pk]

    def test_whoever_is_not_on_the_list_is_not_in_the_answer(self) -> None:
        asked()
        found = made()
        stranger = deposit("999999195001200118", "单有福", balance="1")

        data = answer(file_of(found), key_of(found), [stranger, deposit(MOTHER.id_number, "王秀英")])

        assert len(data.decode().splitlines()) == 2  # the headings and the mother's row

    @pytest.mark.parametrize(
        ("record", "number", "name", "flag"),
        [
            # one place wrong in the sequence: birth, region and name agree
            (deposit(MOTHER.id_number[:15] + "9" + MOTHER.id_number[16:], "王秀英"),
             "99999919840312****", "王秀英", "masked"),
            # masked by the department: region, sequence and name agree
            (deposit("999999********" + MOTHER.id_number[-4:], "王秀英"),
             "999999********" + MOTHER.id_number[-4:], "王秀英", "masked"),
            # no number at all: birth and the reading of the name agree
            (deposit("", "王秀瑛", born="1984-03-12"), "******19840312****", "王秀英", "masked"),
            # the number is hers, the name another's
            (deposit(MOTHER.id_number, "赵大"), MOTHER.id_number, "", "ok"),
        ],
        ids=["one place wrong", "masked", "no number", "another name"],
    )  # fmt: skip
    def test_of_a_row_only_what_its_tokens_prove_is_known(
        self, record: dict[str, str], number: str, name: str, flag: str
    ) -> None:
        asked()
        found = made()

        result = filed(found, answer(file_of(found), key_of(found), [record]))

        (row,) = records_of(result.filed.delivery_id)
        assert (row.row["id_number"], row.row["name"], row.id_flag) == (number, name, flag)

    def test_a_row_whose_tokens_speak_of_nobody_is_told(self) -> None:
        asked()
        found = made()
        data = answer(file_of(found), key_of(found), [deposit(MOTHER.id_number, "王秀英")])
        data += f"id:{'0' * 32},农商银行,6002,5,2024-03-01\n".encode()

        result = filed(found, data)

        assert (result.rows, result.filed.accepted) == (2, 1)
        assert result.unresolved == ["第3行的标识码不足以认出名单里的人，没有入库"]

    def test_an_answer_under_another_lists_key_says_nothing_of_anybody(self) -> None:
        asked()
        found, other = made(), made()
        data = answer(file_of(found), key_of(found), [deposit(MOTHER.id_number, "王秀英")])

        with pytest.raises(VerificationRefused, match="没有一行说的是名单核单〔2024〕0002号里的人"):
            filed(other, data)

        assert not Delivery.objects.exists()

    @pytest.mark.parametrize("token", ["", "王秀英", MOTHER.id_number, "id:123", f"ID:{'0' * 32}"])
    def test_what_is_no_token_is_refused_with_its_row_and_not_quoted(self, token: str) -> None:
        asked()
        found = made()
        good = answer(file_of(found), key_of(found), [deposit(MOTHER.id_number, "王秀英")])

        with pytest.raises(VerificationRefused, match="第3行") as refusal:
            filed(found, good + f"{token},农商银行,6002,5,2024-03-01\n".encode())

        assert MOTHER.id_number not in str(refusal.value)
        assert not Delivery.objects.exists()

    def test_it_comes_once(self) -> None:
        asked()
        found = made()
        data = answer(file_of(found), key_of(found), [deposit(MOTHER.id_number, "王秀英")])
        filed(found, data)

        with pytest.raises(VerificationRefused, match="已经收到答复"):
            filed(found, data)

    def test_a_list_by_numbers_is_answered_elsewhere(self) -> None:
        asked()

        with pytest.raises(VerificationRefused, match="答复请从“送达数据”登记"):
            filed(made("clear"), b"x")


def test_another_county_sees_no_list(act_as: ActAs) -> None:
    asked()
    found = made()

    with act_as("360430"):
        assert exchanges() == []
        assert lines_of(found.exchange_id) == []


LIST = {"number": "核单1", "form": "clear", "persons": 1, "made_on": ASKED}
TOKENS = LIST | {"form": "tokens", "sealed_key": b"k"}


class TestTheDatabaseItself:
    @pytest.mark.parametrize(
        ("keeps", "breaks", "constraint"),
        [
            (LIST, {}, "one_list_per_number"),
            (LIST, {"number": "核单2", "persons": 0}, "a_list_names_somebody"),
            (LIST, {"number": "核单2", "purpose": " "}, "a_list_says_why"),
            (LIST, {"number": "核单2", "made_by": ""}, "a_list_says_why"),
            (LIST, {"number": "核单2", "sealed_key": b"k"}, "only_tokens_have_a_key"),
            (TOKENS, {"number": "核单2", "sealed_key": None}, "only_tokens_have_a_key"),
            (TOKENS, {"number": "核单2", "key_shown_on": ASKED}, "a_key_is_given_to_somebody"),
            (
                TOKENS,
                {"number": "核单2", "key_shown_on": date(2024, 3, 4), "key_shown_by": "甲", "key_given_to": "乙"},
                "a_key_is_given_to_somebody",
            ),
        ],
    )
    def test_refuses_a_list_that_is_not_whole(
        self, keeps: dict[str, object], breaks: dict[str, object], constraint: str
    ) -> None:
        assert named_by_the_database(Broken(constraint, "verification.Exchange", keeps, breaks)) == constraint

    @pytest.mark.parametrize(
        ("breaks", "constraint"),
        [({"line_no": 2}, "a_list_names_a_person_once"), ({"person": 2}, "a_list_has_one_line_per_number")],
    )
    def test_refuses_a_person_twice(self, breaks: dict[str, object], constraint: str) -> None:
        asked()
        keeps = {"exchange": made().exchange_id, "person": 1_000_001, "line_no": 1_000_001}
        breaks = {name: 1_000_000 + int(str(value)) for name, value in breaks.items()}

        assert named_by_the_database(Broken(constraint, "verification.ExchangePerson", keeps, breaks)) == constraint

    @pytest.mark.parametrize(
        "change",
        [
            "UPDATE verification_exchange SET purpose = '别的'",
            "UPDATE verification_exchange SET sealed_key = 'x'",
            "UPDATE verification_exchange SET key_given_to = '别人'",
        ],
    )
    def test_keeps_a_list_as_it_went_out(self, change: str) -> None:
        asked()
        key_of(made())

        with pytest.raises(DatabaseError) as refusal, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)

        cause = refusal.value.__cause__
        assert isinstance(cause, psycopg.errors.IntegrityError)
        assert cause.diag.constraint_name == "exchange_goes_its_way"

    @pytest.mark.parametrize(
        "change", ["DELETE FROM verification_exchange", "UPDATE verification_exchangeperson SET line_no = 9"]
    )
    def test_keeps_whom_it_named(self, change: str) -> None:
        asked()
        made()

        with pytest.raises(DatabaseError, match="只能追加"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)

        assert ExchangePerson.objects.count() == 3
