"""派单、访问、索证、拒绝: who may go, what was said, what was answered, who would not be asked."""

from datetime import date

import pytest

from opendibao.accounts.actions import create_officer
from opendibao.audit.queries import events_of
from opendibao.intake.attachments import keep_attachment
from opendibao.intake.models import Case, OfficialRelative
from opendibao.intake.refusal import IntakeRefused
from opendibao.intake.states import ForbiddenMove
from opendibao.kernel.duties import Duty
from opendibao.verification.actions import (
    VerificationRefused,
    answer_evidence_letter,
    order_survey,
    record_interview,
    record_refused_visit,
    record_survey,
    send_evidence_letter,
)
from opendibao.verification.survey_queries import (
    evidence_letter,
    evidence_letters_of,
    interviews_of,
    orders_of,
    refused_visits_of,
)
from tests.conftest import ActAs
from tests.intake.builders import ACCEPTED, ASKED, VISITED, accepted, submitted
from tests.intake.pictures import jpeg
from tests.registry.builders import LONER, at, household
from tests.verification.test_actions import FOUND, visit

pytestmark = pytest.mark.usefixtures("places")
PAIR = ("陈走访", "黄走访")


def related(case: Case, official: str = "黄走访") -> None:
    OfficialRelative.objects.create(
        case=case, division=case.division, member="李建国", official=official, post="村主任", relation="兄弟",
        registered_on=ACCEPTED, registered_by="王经办",
    )  # fmt: skip


def order(
    case: Case, pair: tuple[str, str] = PAIR, *, first: date = ASKED, last: date = VISITED, on: date = ASKED
) -> None:
    order_survey(case.pk, surveyors=pair, from_day=first, to_day=last, on=on, at=at(on))


class TestOrder:
    def test_two_are_sent_and_an_order_given_again_stands_beside_it(self) -> None:
        case = accepted()
        order(case)
        order(case, ("陈走访", "张走访"), first=VISITED, on=VISITED)

        assert [(one.second_surveyor, one.from_day, one.to_day, one.ordered_by) for one in orders_of(case.pk)] == [
            ("黄走访", ASKED, VISITED, "张经办"), ("张走访", VISITED, VISITED, "张经办"),
        ]  # fmt: skip
        assert events_of(f"案件 {case.number}")[-1].payload["surveyors"] == ["陈走访", "张走访"]

    @pytest.mark.parametrize(
        ("given", "words"),
        [
            ({"pair": ("陈走访", " 陈走访 ")}, "两名不同的调查人"),
            ({"pair": ("陈走访", "")}, "两名不同的调查人"),
            ({"pair": ("陈" * 61, "黄走访")}, "不超过60个字"),
            ({"first": ACCEPTED}, "入户起日2024-03-04早于派单日期2024-03-05"),
            ({"last": ACCEPTED}, "入户止日2024-03-04早于起日"),
            ({"last": date(2024, 4, 30)}, "超过31天"),
            ({"on": date(2024, 3, 3)}, "派单日期2024-03-03早于受理日期"),
        ],
    )
    def test_an_order_that_cannot_be_is_refused(self, given: dict[str, object], words: str) -> None:
        case = accepted()
        with pytest.raises(VerificationRefused, match=words):
            order(case, **given)  # type: ignore[arg-type]
        assert orders_of(case.pk) == []

    def test_a_registered_relative_stays_at_home(self) -> None:
        case = accepted()
        related(case)

        with pytest.raises(VerificationRefused, match="黄走访是李建国的兄弟（近亲属备案），应当回避"):
            order(case)
        with pytest.raises(VerificationRefused, match="应当回避"):
            visit(case)
        with pytest.raises(VerificationRefused, match="应当回避"):
            talk(case, interviewer="黄走访")

    def test_who_confirms_is_not_sent(self) -> None:
        create_officer("c1", "李审核", division="360429000000", duties=[Duty.CONFIRM], at=at(ACCEPTED))

        with pytest.raises(VerificationRefused, match="李审核负责审核确认"):
            order(accepted(), ("陈走访", "李审核"))

    def test_only_an_accepted_case_is_surveyed(self) -> None:
        with pytest.raises(ForbiddenMove, match="已申请"):
            order(submitted())


def talk(case: Case, *, on: date = VISITED, **said: str) -> None:
    given = {"interviewer": "陈走访", "neighbour": "周邻居", "words": "日子紧巴", "view": "agrees", **said}
    record_interview(case.pk, on=on, at=at(on), **given)


class TestNeighbour:
    def test_his_words_are_kept(self) -> None:
        case = accepted()
        talk(case)

        (row,) = interviews_of(case.pk)
        assert (row.neighbour, row.words, row.view, row.interviewed_on) == ("周邻居", "日子紧巴", "agrees", VISITED)

    @pytest.mark.parametrize(
        ("said", "words"),
        [
            ({"neighbour": " "}, "请填写受访人"),
            ({"interviewer": ""}, "请填写访问人"),
            ({"neighbour": "李建国"}, "李建国不是邻居"),
            ({"neighbour": "陈走访"}, "陈走访不是邻居"),
            ({"words": " "}, "300字以内"),
            ({"words": "长" * 301}, "300字以内"),
            ({"view": "maybe"}, "不在可选项内"),
        ],
    )
    def test_faulty_words_are_refused(self, said: dict[str, str], words: str) -> None:
        case = accepted()
        with pytest.raises(VerificationRefused, match=words):
            talk(case, **said)
        assert interviews_of(case.pk) == []

    def test_nobody_is_asked_before_acceptance(self) -> None:
        with pytest.raises(VerificationRefused, match="早于受理日期"):
            talk(accepted(), on=date(2024, 3, 3))
        with pytest.raises(ForbiddenMove, match="已申请"):
            talk(submitted(household("999999-00002", LONER)))


def sent(case: Case, addressee: str = "某劳务公司") -> int:
    return send_evidence_letter(case.pk, addressee=addressee, asks="做工几天", on=ASKED, at=at(ASKED)).pk


class TestLetter:
    def test_a_reply_is_kept_once_with_its_paper(self) -> None:
        case = accepted()
        letter = sent(case)
        paper = keep_attachment(case.pk, kind="reply", name="x.jpg", content=jpeg(), on=VISITED, at=at(VISITED)).pk

        answer_evidence_letter(letter, answer="六十天", on=VISITED, at=at(VISITED), paper_id=paper)

        (row,) = evidence_letters_of(case.pk)
        assert (row.answered_on, row.answer, row.paper_id, row.sent_by) == (VISITED, "六十天", paper, "张经办")
        with pytest.raises(VerificationRefused, match="已于2024-03-06复函"):
            answer_evidence_letter(letter, answer="七十天", on=VISITED, at=at(VISITED))

    def test_the_same_letter_is_not_sent_twice_while_it_waits(self) -> None:
        case = accepted()
        letter = sent(case)

        with pytest.raises(VerificationRefused, match="还没有复函，请勿重复"):
            sent(case)
        answer_evidence_letter(letter, answer="没有此人", on=VISITED, at=at(VISITED))
        assert sent(case) != letter

    def test_faulty_letters_and_replies_are_refused(self, act_as: ActAs) -> None:
        case = accepted()
        for given, words in (({"addressee": " "}, "受函单位"), ({"asks": ""}, "询问事项")):
            with pytest.raises(VerificationRefused, match=words):
                send_evidence_letter(case.pk, **{"addressee": "甲", "asks": "乙", **given}, on=ASKED, at=at(ASKED))
        with pytest.raises(VerificationRefused, match="早于受理日期"):
            send_evidence_letter(case.pk, addressee="甲", asks="乙", on=date(2024, 3, 1), at=at(ASKED))
        letter = sent(case)
        other = accepted(household("999999-00002", LONER))
        foreign = keep_attachment(other.pk, kind="reply", name="x", content=jpeg(), on=VISITED, at=at(VISITED)).pk
        for given, words in (
            ({"answer": " "}, "复函内容"), ({"on": ACCEPTED}, "早于发函日期"),
            ({"paper_id": foreign}, "没有这份复函附件"),
        ):  # fmt: skip
            with pytest.raises(VerificationRefused, match=words):
                answer_evidence_letter(letter, **{"answer": "是", "on": VISITED, "at": at(VISITED), **given})  # type: ignore[arg-type]
        with act_as("360429101"):
            assert evidence_letter(letter) is None
            with pytest.raises(VerificationRefused, match="没有这封函"):
                answer_evidence_letter(letter, answer="是", on=VISITED, at=at(VISITED))
            with pytest.raises(IntakeRefused, match="没有这个案件"):
                sent(case)


class TestRefusal:
    def refuse(self, case: Case, **said: object) -> None:
        given = {"surveyors": PAIR, "witness": "村干部甲", "words": "不开门", "on": VISITED, **said}
        record_refused_visit(case.pk, at=at(VISITED), **given)  # type: ignore[arg-type]

    def test_it_is_kept_and_decides_nothing(self) -> None:
        case = accepted()
        self.refuse(case)

        (row,) = refused_visits_of(case.pk)
        assert (row.witness, row.words, row.noted_by) == ("村干部甲", "不开门", "张经办")
        case.refresh_from_db()
        assert case.state == "accepted"

    @pytest.mark.parametrize(
        ("said", "words"),
        [
            ({"surveyors": ("陈走访", "陈走访")}, "两名不同"),
            ({"witness": "陈走访"}, "应是调查人以外的人"),
            ({"witness": ""}, "应是调查人以外的人"),
            ({"words": " "}, "300字以内"),
            ({"on": date(2024, 3, 1)}, "早于受理日期"),
        ],
    )
    def test_without_a_witness_or_words_it_is_none(self, said: dict[str, object], words: str) -> None:
        case = accepted()
        with pytest.raises(VerificationRefused, match=words):
            self.refuse(case, **said)
        assert refused_visits_of(case.pk) == []

    def test_after_the_survey_there_is_nothing_to_refuse(self) -> None:
        case = accepted()
        record_survey(case.pk, on=VISITED, at=at(VISITED), surveyors=PAIR, respondent="王秀英", found=FOUND)

        with pytest.raises(ForbiddenMove, match="已核对调查"):
            self.refuse(case)
