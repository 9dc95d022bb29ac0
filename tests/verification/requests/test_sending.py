"""发送请求: once, again by its days, never without an authorisation; a second way of travelling needs nothing else."""

from datetime import date
from pathlib import Path

import pytest

from opendibao.audit.duties import NotYourDuty
from opendibao.audit.session import acting
from opendibao.intake.actions import NoConsent
from opendibao.intake.consents import revoke_consent
from opendibao.intake.ending import withdraw_case
from opendibao.intake.models import Consent
from opendibao.intake.states import ForbiddenMove
from opendibao.kernel.duties import Duty
from opendibao.registry.queries import person_id
from opendibao.verification.models import Lookup, RegionRequest, RequestAttempt, RequestMessage
from opendibao.verification.queries import matches_of
from opendibao.verification.refusal import VerificationRefused
from opendibao.verification.requests.drafting import cancel_request
from opendibao.verification.requests.ending import end_requests
from opendibao.verification.requests.messages import decode
from opendibao.verification.requests.queries import requests_counts, requests_to_send
from opendibao.verification.requests.receiving import receive_message
from opendibao.verification.requests.sending import send_requests
from opendibao.verification.requests.transport import ByHand, FileDrop, Transport, TransportFailed
from opendibao.verification.sealing import unseal
from tests.intake.builders import ASKED, accepted, authorised, submitted
from tests.registry.builders import CHILD, FATHER, LONER, MOTHER, MemberEntry, at, household, number
from tests.verification.requests.province import (
    SICHUAN,
    Wire,
    acknowledged,
    drafted,
    replied,
    sent,
)

pytestmark = pytest.mark.usefixtures("places")
# three, six and twelve days after the try before; a fifth there is not
SECOND, THIRD, FOURTH = date(2024, 3, 8), date(2024, 3, 14), date(2024, 3, 26)
OTHER = MemberEntry(number(date(1990, 1, 1), 21), "孙外人", "head")


@pytest.fixture
def wire() -> Wire:
    return Wire()


def revoked(case_id: int, who: MemberEntry, on: date) -> None:
    consent = Consent.objects.get(case=case_id, person=person_id(who.id_number))
    revoke_consent(consent.pk, reason="不同意了", on=on, at=at(on))


class TestDrafting:
    def test_the_same_question_is_asked_once(self) -> None:
        case = authorised()
        drafted(case)

        with pytest.raises(VerificationRefused, match=r"李建国在广东省“银行存款”的请求已于2024-03-05提出（待发送）"):
            drafted(case)
        drafted(case, MOTHER)
        drafted(case, source="real_estate")
        drafted(case, province=SICHUAN)

    def test_after_it_was_withdrawn_it_may_be_asked_anew_under_another_key(self, wire: Wire) -> None:
        case = authorised()
        first = drafted(case)
        cancel_request(first.pk, reason="写错了省", on=ASKED, at=at(ASKED))
        second = drafted(case)

        assert first.key != second.key
        assert len(second.key) == 32
        sent(second, wire)
        with pytest.raises(VerificationRefused, match="没有一行能收"):
            acknowledged(wire_of(first), first, on=SECOND)

    def test_a_minor_is_asked_about_on_his_parents_word(self) -> None:
        case = authorised()

        request = drafted(case, CHILD, source="real_estate")

        assert request.consent.signer in ("王秀英", "李建国")

    def test_nobody_is_asked_about_without_his_own_word(self) -> None:
        with pytest.raises(NoConsent, match="李建国没有签核对授权书"):
            drafted(accepted())

    def test_who_took_it_back_is_not_asked_about_and_his_wife_may_be(self) -> None:
        case = authorised()
        revoked(case.pk, FATHER, ASKED)

        with pytest.raises(NoConsent, match="李建国没有签核对授权书，或授权已过期、已撤回"):
            drafted(case)
        assert drafted(case, MOTHER).state == "draft"

    @pytest.mark.parametrize(
        ("changed", "said"),
        [
            ({"province": "36"}, "江西省是本省"),
            ({"province": "99"}, "省份代码“99”不存在"),
            ({"source": "gossip"}, "核对来源“gossip”不存在"),
            ({"purpose": "  "}, "请用200字以内写明为什么要向广东省核对李建国"),
            ({"purpose": "长" * 201}, "请用200字以内"),
            ({"on": date(2024, 3, 3)}, "提出日期2024-03-03早于受理日期2024-03-04"),
        ],
    )
    def test_what_cannot_be_asked_is_refused_by_name(self, changed: dict[str, object], said: str) -> None:
        with pytest.raises(VerificationRefused, match=said):
            drafted(authorised(), **changed)  # type: ignore[arg-type]

    def test_only_members_of_an_open_case_are_asked_about(self) -> None:
        case = authorised()
        household("999999-00099", OTHER)

        with pytest.raises(VerificationRefused, match="所问的人不是这一户2024-03-05的成员"):
            drafted(case, OTHER)
        with pytest.raises(ForbiddenMove, match="已申请"):
            drafted(submitted(household("999999-00077", LONER)), LONER)

    def test_the_township_asks_and_the_county_sends(self, wire: Wire) -> None:
        request = drafted(authorised())

        with acting("王经办", "360429100", {Duty.ACCEPT}), pytest.raises(NotYourDuty, match="审核确认"):
            sent(request, wire)


def wire_of(request: RegionRequest) -> Wire:
    """A province that makes up what it was never sent."""
    wire = Wire()
    message = type("Made", (), {"items": [{"key": request.key, "subject": "0" * 32, "name": "李建国"}]})
    wire.sent.append(message)  # type: ignore[arg-type]
    return wire


class TestSendingAgain:
    def test_it_is_tried_again_after_three_six_and_twelve_days_and_then_no_more(self, wire: Wire) -> None:
        request = drafted(authorised())
        for day, again in ((ASKED, SECOND), (SECOND, THIRD), (THIRD, FOURTH), (FOURTH, None)):
            assert sent(request, wire, on=day).requests == 1
            request.refresh_from_db()
            assert request.next_try_on == again

        assert (request.attempts, request.sent_on, request.due_on) == (4, ASKED, date(2024, 3, 19))
        assert len({item["key"] for message in wire.sent for item in message.items}) == 1  # the same question each time
        assert len({message.id for message in wire.sent}) == 4
        with pytest.raises(VerificationRefused, match="已发送4次，不再重发，请直接联系对方"):
            sent(request, wire, on=date(2024, 4, 1))

    def test_before_its_day_it_is_not_sent_again(self, wire: Wire) -> None:
        request = drafted(authorised())
        sent(request, wire)

        assert requests_to_send(date(2024, 3, 7)) == []
        assert [row.id for row in requests_to_send(SECOND)] == [request.pk]
        with pytest.raises(VerificationRefused, match="已发送1次，2024-03-08以后仍没有签收才再发"):
            sent(request, wire, on=date(2024, 3, 7))

    def test_what_was_acknowledged_is_not_sent_again(self, wire: Wire) -> None:
        request = drafted(authorised())
        sent(request, wire)
        acknowledged(wire, request, on=date(2024, 3, 6))

        assert requests_to_send(FOURTH) == []
        with pytest.raises(VerificationRefused, match="已签收，不用再发"):
            sent(request, wire, on=SECOND)

    def test_a_line_that_is_down_is_noted_and_tried_on_its_day(self, wire: Wire) -> None:
        request = drafted(authorised())
        wire.is_down = True

        assert vars(sent(request, wire)) == {"requests": 0, "messages": 0, "failed": 1, "cancelled": 0}

        request.refresh_from_db()
        assert (request.state, request.attempts, request.next_try_on, request.sent_on) == ("draft", 1, SECOND, None)
        attempt = RequestAttempt.objects.get()
        assert (attempt.is_delivered, attempt.said) == (False, "专线不通，请稍后再发")
        assert not Lookup.objects.exists()  # nobody was asked
        assert [row for row in matches_of(request.case_id) if row.province] == []
        assert requests_to_send(date(2024, 3, 7)) == []

        wire.is_down = False
        sent(request, wire, on=SECOND)
        request.refresh_from_db()
        assert (request.state, request.attempts, request.sent_on) == ("sent", 2, SECOND)
        assert request.due_on == date(2024, 3, 22)  # 11–15, 18–22

    def test_a_line_that_stays_down_is_given_up_in_words(self, wire: Wire) -> None:
        request = drafted(authorised())
        wire.is_down = True
        sent(request, wire)
        with pytest.raises(VerificationRefused, match="上次没有送出，2024-03-08以后再试"):
            sent(request, wire, on=date(2024, 3, 7))
        for day in (SECOND, THIRD, FOURTH):
            assert sent(request, wire, on=day).failed == 1

        with pytest.raises(VerificationRefused, match="试发4次都没有送出，不再试，请查清原因，撤销后重新提出"):
            sent(request, wire, on=date(2024, 4, 1))

    def test_one_message_a_province_and_all_or_none(self, wire: Wire) -> None:
        case = authorised()
        here, wife, there = drafted(case), drafted(case, MOTHER), drafted(case, province=SICHUAN)

        done = send_requests([here.pk, wife.pk, there.pk], wire, on=ASKED, at=at(ASKED))

        assert vars(done) == {"requests": 3, "messages": 2, "failed": 0, "cancelled": 0}
        assert [(message.receiver, len(message.items)) for message in wire.sent] == [("44", 2), ("51", 1)]
        fresh = drafted(case, source="real_estate")
        with pytest.raises(VerificationRefused, match="才再发"):
            send_requests([fresh.pk, here.pk], wire, on=ASKED, at=at(ASKED))
        fresh.refresh_from_db()
        assert fresh.state == "draft"
        with pytest.raises(VerificationRefused, match="没有选要发送的请求"):
            send_requests([], wire, on=ASKED, at=at(ASKED))


class TestNoLongerAuthorised:
    def test_who_takes_his_word_back_is_not_asked_about_any_more(self, wire: Wire) -> None:
        case = authorised()
        going, draft, wife = drafted(case), drafted(case, source="real_estate"), drafted(case, MOTHER)
        sent(going, wire)
        sent(wife, wire)
        day = date(2024, 3, 10)
        revoked(case.pk, FATHER, day)
        assert requests_counts(day)["over"] == 2  # the county is told

        assert vars(end_requests(on=day, at=at(day))) == {"expired": 0, "cancelled": 2}
        assert requests_counts(day)["over"] == 0

        for request in (going, draft):
            request.refresh_from_db()
            assert (request.state, request.ended_on, request.reason) == (
                "cancelled", day, "李建国的核对授权已于2024-03-10撤回",
            )  # fmt: skip
        (row,) = [row for row in matches_of(case.pk) if row.person == "李建国" and row.province]
        assert (row.outcome, row.why) == ("not_checked", "no_consent")
        wife.refresh_from_db()
        assert wife.state == "sent"

    def test_even_before_the_clean_up_nothing_is_sent_on_it(self, wire: Wire) -> None:
        case = authorised()
        request = drafted(case)
        revoked(case.pk, FATHER, ASKED)

        assert vars(sent(request, wire)) == {"requests": 0, "messages": 0, "failed": 0, "cancelled": 1}
        assert wire.sent == []

    def test_a_minor_who_comes_of_age_signs_for_himself_before_anything_is_sent(self, wire: Wire) -> None:
        youth = MemberEntry(number(date(2006, 3, 7), 44), "李小青", "child")
        case = authorised(household("999999-00066", MOTHER, FATHER, youth))
        request = drafted(case, youth)  # two days before he is eighteen

        with pytest.raises(VerificationRefused, match="李小青：2024-03-08没有有效的核对授权书"):
            sent(request, wire, on=SECOND)
        assert wire.sent == []
        assert sent(request, wire, on=date(2024, 3, 6)).requests == 1

    def test_an_authorisation_that_ends_ends_the_waiting(self, wire: Wire) -> None:
        request = drafted(authorised(), on=date(2025, 2, 20))
        sent(request, wire, on=date(2025, 2, 20))
        request.refresh_from_db()

        assert request.expires_on == date(2025, 3, 3)  # thirty days would be the twenty-second
        day = date(2025, 3, 4)
        assert vars(end_requests(on=day, at=at(day))) == {"expired": 1, "cancelled": 0}

    def test_a_draft_whose_authorisation_ended_is_void(self) -> None:
        drafted(authorised(), on=date(2025, 2, 20))
        day = date(2025, 3, 4)

        assert [requests_counts(one)["over"] for one in (date(2025, 3, 3), day)] == [0, 1]
        assert vars(end_requests(on=day, at=at(day))) == {"expired": 0, "cancelled": 1}
        assert RegionRequest.objects.get().reason == "核对授权已于2025-03-03到期"

    def test_a_withdrawn_case_asks_nobody(self, wire: Wire) -> None:
        case = authorised()
        request = drafted(case)
        sent(request, wire)
        withdraw_case(case.pk, reason="不申请了", on=SECOND, at=at(SECOND))

        assert requests_counts(SECOND)["over"] == 1
        assert vars(end_requests(on=SECOND, at=at(SECOND))) == {"expired": 0, "cancelled": 1}
        request.refresh_from_db()
        assert request.reason == "案件已是“已撤回”，不再查询"

    def test_by_hand_with_a_reason_and_once(self, wire: Wire) -> None:
        request = drafted(authorised())
        sent(request, wire)

        with pytest.raises(VerificationRefused, match="写明撤销的理由"):
            cancel_request(request.pk, reason=" ", on=SECOND, at=at(SECOND))
        with pytest.raises(VerificationRefused, match="撤销日期2024-03-04早于2024-03-05"):
            cancel_request(request.pk, reason="写错了", on=date(2024, 3, 4), at=at(SECOND))
        cancel_request(request.pk, reason="写错了", on=SECOND, at=at(SECOND))
        with pytest.raises(VerificationRefused, match="请求现在是“已撤销”，不能变为“已撤销”"):
            cancel_request(request.pk, reason="写错了", on=SECOND, at=at(SECOND))
        (row,) = [row for row in matches_of(request.case_id) if row.province]
        assert (row.outcome, row.why) == ("not_checked", "cancelled")


class TestWaysOfTravelling:
    def test_a_folder_that_both_sides_reach(self, tmp_path: Path) -> None:
        drop = FileDrop(tmp_path)
        request = drafted(authorised())
        send_requests([request.pk], drop, on=ASKED, at=at(ASKED), number="county-2024-1")

        (file,) = (tmp_path / "outbox").iterdir()
        message = decode(file.read_bytes())
        assert file.name == "county-2024-1-0.jsonl"
        assert [item["key"] for item in message.items] == [request.key]
        kept = RequestMessage.objects.get()
        assert unseal(bytes(kept.sealed)) == file.read_bytes()

        answer_into(tmp_path, message.items[0])
        (arrived,) = drop.arrived()
        receive_message(arrived, transport=drop.name, on=SECOND, at=at(SECOND))
        drop.taken(arrived)
        assert list(drop.arrived()) == []
        assert [one.name for one in (tmp_path / "inbox" / "done").iterdir()] == ["back.jsonl"]
        request.refresh_from_db()
        assert request.state == "acknowledged"

    def test_a_folder_that_cannot_be_written_is_said_in_words(self, tmp_path: Path) -> None:
        (tmp_path / "outbox").write_text("a file lies where the folder should be", "utf-8")
        request = drafted(authorised())

        done = send_requests([request.pk], FileDrop(tmp_path), on=ASKED, at=at(ASKED))

        assert done.failed == 1
        assert "写不进交换目录" in RequestAttempt.objects.get().said

    def test_an_interface_is_another_way_of_the_same_message(self, wire: Wire, tmp_path: Path) -> None:
        """Nothing but the protocol is needed: the same request, sent by both, says the same to the other side."""
        ways: list[Transport] = [wire, FileDrop(tmp_path), ByHand()]
        case = authorised()
        for way, who in zip(ways, (FATHER, MOTHER, CHILD), strict=True):
            request = drafted(case, who, source="real_estate")
            send_requests([request.pk], way, on=ASKED, at=at(ASKED))
        (file,) = (tmp_path / "outbox").iterdir()
        by_wire, by_file = wire.sent[0], decode(file.read_bytes())

        assert set(by_wire.items[0]) == set(by_file.items[0])
        assert (by_wire.sender, by_wire.receiver) == (by_file.sender, by_file.receiver)
        assert list(RequestMessage.objects.order_by("pk").values_list("transport", flat=True)) == [
            "专线接口", "交换目录", "手工交换文件",
        ]  # fmt: skip

    def test_nothing_of_a_person_lies_in_the_clear(self, wire: Wire) -> None:
        request = drafted(authorised())
        sent(request, wire)
        replied(wire, request, on=SECOND, number="gd-answer-1", outcome="hit", words="有存款一笔")

        kept = [f"{row}" for table in (RegionRequest, RequestMessage, RequestAttempt) for row in table.objects.values()]
        sealed = b"".join(bytes(row.sealed) for row in RequestMessage.objects.all())
        assert FATHER.id_number not in "".join(kept)
        assert FATHER.id_number.encode() not in sealed


def answer_into(folder: Path, item: object) -> None:
    """The other side puts its acknowledgement there."""
    from collections.abc import Mapping

    from opendibao.verification.requests.messages import Message, encode

    assert isinstance(item, Mapping)
    back = Message("gd-ack-0007", "acknowledgement", "44", "360429", SECOND, [{n: item[n] for n in ("key", "subject")}])
    (folder / "inbox").mkdir()
    (folder / "inbox" / "back.jsonl").write_bytes(encode(back))


def test_a_folder_that_cannot_be_read_is_said_in_words(tmp_path: Path) -> None:
    from opendibao.verification.requests.transport import Arrived

    with pytest.raises(TransportFailed, match=r"移不走交换目录里的a\.jsonl"):
        FileDrop(tmp_path).taken(Arrived("a.jsonl", b""))
