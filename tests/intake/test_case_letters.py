"""程序文书: a letter is written with its step, handed over once, and never changed."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from opendibao.audit.queries import events_of
from opendibao.intake.case_letters import deliver_letter, letter_text, take_back_delivery, write_letter
from opendibao.intake.models import CaseLetter
from opendibao.intake.queries import case_letter, letters_of
from opendibao.intake.refusal import IntakeRefused
from tests.conftest import ActAs
from tests.intake.builders import ACCEPTED, submitted
from tests.registry.builders import at, divisions

LATER = date(2024, 3, 8)


def letter(kind: str = "supplement") -> CaseLetter:
    return write_letter(submitted(), kind, "还缺委托书", on=ACCEPTED, at=at(ACCEPTED))


@pytest.mark.usefixtures("places")
class TestWriting:
    def test_every_letter_has_title_addressee_numbered_parts_and_whom_to_ask(self) -> None:
        case = submitted()

        assert letter_text(case, "hearing", [("结果", "拟停发。"), ("理由", "收入变了。")], on=LATER).splitlines() == [
            "听取意见告知书",
            "王秀英：",
            "一、结果：拟停发。",
            "二、理由：收入变了。",
            "三、有疑问找谁：请找东镇民政窗口，或拨打本县社会救助服务热线0000-1234900。",
            "案号：受〔2024〕00001号",
            "日期：2024年3月8日",
        ]

    def test_it_is_written_to_who_applied(self) -> None:
        case = submitted()
        case.applicant = "李建国"

        assert letter_text(case, "ended", [], on=LATER).splitlines()[1] == "李建国："

    @pytest.mark.parametrize(
        ("kind", "text", "said"), [("poem", "诗", "“poem”不在可选项内"), ("ended", " ", "没有正文")]
    )
    def test_it_has_a_kind_and_a_text(self, kind: str, text: str, said: str) -> None:
        with pytest.raises(IntakeRefused, match=said):
            write_letter(submitted(), kind, text, on=ACCEPTED, at=at(ACCEPTED))


@pytest.mark.usefixtures("places")
class TestDelivery:
    def test_who_took_it_and_how_is_kept(self) -> None:
        made = letter()

        deliver_letter(made.pk, how="village", receiver=" 王秀英 ", on=LATER, at=at(LATER))

        (row,) = letters_of(made.case_id)
        assert (row.delivered_on, row.delivered_how, row.receiver) == (LATER, "village", "王秀英")
        assert events_of(f"案件 {made.case.number}")[-1].payload == {
            "on": "2024-03-08", "letter": "一次性告知补正通知书", "how": "村社区转交",
        }  # fmt: skip

    @pytest.mark.parametrize(
        ("how", "receiver", "on", "said"),
        [
            ("pigeon", "王秀英", LATER, "“pigeon”不在可选项内，请在当面、上门、邮寄、村社区转交中选一项"),
            ("home", " ", LATER, "写明签收人"),
            ("home", "长" * 61, LATER, "写明签收人"),
            ("home", "王秀英", date(2024, 3, 1), "送达日期2024-03-01早于制作日期2024-03-04"),
        ],
    )
    def test_a_delivery_that_cannot_be_is_refused(self, how: str, receiver: str, on: date, said: str) -> None:
        with pytest.raises(IntakeRefused, match=said):
            deliver_letter(letter().pk, how=how, receiver=receiver, on=on, at=at(LATER))

    def test_it_is_handed_over_once(self) -> None:
        made = letter()
        deliver_letter(made.pk, how="home", receiver="王秀英", on=LATER, at=at(LATER))

        with pytest.raises(IntakeRefused, match="已于2024-03-08送达王秀英"):
            deliver_letter(made.pk, how="post", receiver="李建国", on=LATER, at=at(LATER))

    def test_a_delivery_entered_by_mistake_is_taken_back_the_same_day_by_who_entered_it(self) -> None:
        made = letter()
        deliver_letter(made.pk, how="home", receiver="王秀英", on=LATER, at=at(LATER))
        take_back_delivery(made.pk, on=LATER, at=at(LATER))

        assert case_letter(made.pk).delivered_on is None  # type: ignore[union-attr]
        with pytest.raises(IntakeRefused, match="没有登记送达"):
            take_back_delivery(made.pk, on=LATER, at=at(LATER))

    def test_later_it_stands(self) -> None:
        made = letter()
        deliver_letter(made.pk, how="home", receiver="王秀英", on=ACCEPTED, at=at(ACCEPTED))

        with pytest.raises(IntakeRefused, match="只能在送达当天撤销"):
            take_back_delivery(made.pk, on=LATER, at=at(LATER))

    def test_the_table_refuses_half_a_delivery(self) -> None:
        made = letter()
        made.delivered_on = LATER

        with pytest.raises(IntegrityError, match="a_delivered_letter_says_how"), transaction.atomic():
            made.save()


@pytest.mark.usefixtures("places")
def test_the_table_refuses_to_rewrite_a_letter() -> None:
    made = letter()
    made.text = "另一段话"

    with pytest.raises(IntegrityError, match="文书和网上申请的内容不能改写"), transaction.atomic():
        made.save()


def test_another_townships_letter_is_not_there(act_as: ActAs) -> None:
    with act_as("360429"):
        divisions()
        made = letter()
    with act_as("360429101"):
        assert case_letter(made.pk) is None
        with pytest.raises(IntakeRefused, match="没有这份文书"):
            deliver_letter(made.pk, how="home", receiver="王秀英", on=LATER, at=at(LATER))
