"""收答复: what fits is filed, what does not is refused by name and place; nothing is half-written."""

from datetime import date
from typing import Any

import pytest

from opendibao.intake.consents import revoke_consent
from opendibao.intake.models import Case
from opendibao.verification.models import RegionRequest, RequestAnswer, RequestMessage
from opendibao.verification.queries import matches_of
from opendibao.verification.refusal import VerificationRefused
from opendibao.verification.requests.drafting import cancel_request
from opendibao.verification.requests.ending import end_requests
from opendibao.verification.requests.messages import Message, encode
from opendibao.verification.requests.queries import answers_of, message_bytes, message_of, messages, requests_of_message
from tests.intake.builders import ASKED, authorised
from tests.registry.builders import FATHER, MOTHER, at
from tests.verification.requests.province import (
    SICHUAN,
    Wire,
    acknowledged,
    drafted,
    passbook,
    received,
    replied,
    reply,
    sent,
    taken,
)

pytestmark = pytest.mark.usefixtures("places")
DAY, AFTER = date(2024, 3, 12), date(2024, 4, 5)


@pytest.fixture
def wire() -> Wire:
    return Wire()


@pytest.fixture
def case() -> Case:
    return authorised()


@pytest.fixture
def request_(case: Case, wire: Wire) -> RegionRequest:
    made = drafted(case)
    sent(made, wire)
    return made


def refused(wire: Wire, request: RegionRequest, *, on: date = DAY, **said: Any) -> str:
    """Why a message of one item is not taken."""
    with pytest.raises(VerificationRefused) as refusal:
        replied(wire, request, on=on, number="gd-answer-9", **said)
    assert not RequestAnswer.objects.filter(message__message_id="gd-answer-9").exists()
    assert not RequestMessage.objects.filter(message_id="gd-answer-9").exists()
    return str(refusal.value)


HIT = {"outcome": "hit"}


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"key": "f" * 32}, "第2行：没有这个请求标识，不是本县发出的请求，或者抄错了标识"),
        ({"subject": "f" * 32}, "李建国在广东省的请求：人员标识不符，答的不是所问的人"),
        ({"name": "李建军"}, "答复里的姓名和所问的人不同，请对方核对是不是答错了人"),
        ({"as_of": "2024-03-13"}, "数据截止日期2024-03-13晚于收到日期2024-03-12"),
        ({"as_of": "2024-02-31"}, "第2行的“数据截止日期”2024-02-31不是日期"),
        ({**HIT}, "核到信息的，应写明核到什么"),
        ({"words": "有存款"}, "写着没有核到，却带了核到的内容"),
        ({"complete": False}, "没有答全不能写“已核无记录”"),
        ({"outcome": "not_checked"}, "写着已答全，却是“未核到”"),
        ({**HIT, "rows": [{"plate": "赣A1"}]}, "核到的第1行有“plate”，这个来源没有这一列（不要带证件号码）"),
        ({**HIT, "rows": [{"bank": "某行", "as_of": "2024-03-01"}]}, "核到的第1行缺“余额”"),
        ({**HIT, "rows": passbook(-1)}, "核到的第1行的“余额”应写整数分"),
        ({**HIT, "rows": [{**passbook(1)[0], "balance": "8650.30"}]}, "“余额”应写整数分"),
        ({**HIT, "rows": [{**passbook(1)[0], "balance": 1.5}]}, "“余额”应写整数分"),
        ({**HIT, "rows": [{**passbook(1)[0], "balance": True}]}, "“余额”应写整数分"),
        ({**HIT, "rows": [*passbook(1), {**passbook(1)[0], "as_of": "昨天"}]}, "核到的第2行的“余额日期”不是日期"),
        ({**HIT, "rows": [{**passbook(1)[0], "kind": "金条"}]}, "“存款种类”写着“金条”，不是这一列里有的"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(
    wire: Wire, request_: RegionRequest, said: dict[str, Any], why: str
) -> None:
    assert why in refused(wire, request_, **said)


def test_an_answer_to_what_was_not_sent_yet_is_refused(case: Case, wire: Wire, request_: RegionRequest) -> None:
    draft = drafted(case, MOTHER)
    item = {**reply(wire, request_), "key": draft.key}

    with pytest.raises(VerificationRefused, match="王秀英在广东省的请求：人员标识不符"):
        received("answer", [item], on=DAY, number="gd-answer-1")

    from opendibao.verification.requests.sending import subject_of

    item |= {"subject": subject_of(draft), "name": "王秀英"}
    with pytest.raises(VerificationRefused, match="王秀英在广东省的请求：还没有发出，不应有答复"):
        received("answer", [item], on=DAY, number="gd-answer-1")


def test_another_province_does_not_answer(wire: Wire, request_: RegionRequest) -> None:
    with pytest.raises(VerificationRefused, match="是问广东省的，报文却来自四川省"):
        received("answer", [reply(wire, request_)], on=DAY, number="sc-answer-1", sender=SICHUAN)


def test_another_county_is_not_answered_here(wire: Wire, request_: RegionRequest) -> None:
    with pytest.raises(VerificationRefused, match="报文的接收方360428不是本县"):
        received("answer", [reply(wire, request_)], on=DAY, number="gd-answer-1", receiver="360428")


def test_days_that_cannot_be_are_refused(wire: Wire, request_: RegionRequest) -> None:
    item = [reply(wire, request_)]

    with pytest.raises(VerificationRefused, match="报文日期2024-03-13晚于收到日期2024-03-12"):
        received("answer", item, on=DAY, number="gd-answer-1", made_on=date(2024, 3, 13))
    with pytest.raises(VerificationRefused, match="2024-03-05才发出，报文日期2024-03-04不对"):
        received("answer", item, on=DAY, number="gd-answer-1", made_on=date(2024, 3, 4))


def test_our_own_message_is_no_answer(wire: Wire, request_: RegionRequest) -> None:
    with pytest.raises(VerificationRefused, match="这是请求报文"):
        taken(encode(wire.sent[0]), on=DAY)


def test_the_same_file_twice_is_a_no_op(wire: Wire, request_: RegionRequest) -> None:
    first = replied(wire, request_, on=DAY, number="gd-answer-1")
    again = replied(wire, request_, on=DAY, number="gd-answer-1")

    assert (first.taken, first.is_known) == (1, False)
    assert (again.taken, again.known, again.is_known) == (0, 1, True)
    assert RequestAnswer.objects.count() == 1
    with pytest.raises(VerificationRefused, match="报文编号gd-answer-1已于2024-03-12用过，内容却不同"):
        replied(wire, request_, on=DAY, number="gd-answer-1", as_of="2024-02-29")


def test_a_second_answer_after_the_whole_one_is_refused(wire: Wire, request_: RegionRequest) -> None:
    replied(wire, request_, on=DAY, number="gd-answer-1")

    assert "已于2024-03-12答全，不再收；要改的请对方来函说明" in refused(wire, request_, outcome="hit", words="有存款")
    assert [row.outcome for row in matches_of(request_.case_id) if row.province] == ["no_hit"]


def test_twice_in_one_file_counts_once(wire: Wire, request_: RegionRequest) -> None:
    done = received(
        "answer", [reply(wire, request_), reply(wire, request_, "hit", words="有")], on=DAY, number="gd-answer-1"
    )

    assert (done.taken, [(one.line, one.why) for one in done.refused]) == (
        1, [(3, "李建国的请求：同一份报文里已经答全，这一行不收")],
    )  # fmt: skip


def test_what_was_withdrawn_or_is_no_longer_authorised_takes_no_answer(
    case: Case, wire: Wire, request_: RegionRequest
) -> None:
    wife = drafted(case, MOTHER)
    sent(wife, wire)
    cancel_request(wife.pk, reason="写错了省", on=DAY, at=at(DAY))
    revoke_consent(request_.consent_id, reason="不同意了", on=DAY, at=at(DAY))

    assert "王秀英在广东省的请求：已于2024-03-12撤销（写错了省），答复不收" in refused(wire, wife)
    assert "李建国的核对授权已于2024-03-12撤回，答复不收" in refused(wire, request_)


def test_after_expiry_an_acknowledgement_says_nothing_and_an_answer_is_filed(
    wire: Wire, request_: RegionRequest
) -> None:
    end_requests(on=AFTER, at=at(AFTER))

    with pytest.raises(VerificationRefused, match="已于2024-04-05到期，签收不再登记；有结果仍可以答复"):
        acknowledged(wire, request_, on=AFTER)
    assert replied(wire, request_, on=AFTER, number="gd-answer-1", as_of="2024-03-31").taken == 1


def test_a_good_line_is_filed_beside_a_bad_one(case: Case, wire: Wire, request_: RegionRequest) -> None:
    wife = drafted(case, MOTHER)
    sent(wife, wire)

    done = received("answer", [reply(wire, wife, name="王秀兰"), reply(wire, request_)], on=DAY, number="gd-answer-1")

    assert (done.taken, done.known, done.province) == (1, 0, "44")
    assert [(one.line, one.why) for one in done.refused] == [
        (2, "王秀英在广东省的请求：答复里的姓名和所问的人不同，请对方核对是不是答错了人")
    ]
    kept = message_of(done.message)
    assert kept is not None
    assert kept.refused.startswith('[[2, "王秀英在广东省的请求')  # to be told the other side
    assert {row.person: row.outcome for row in matches_of(case.pk) if row.province} == {
        "李建国": "no_hit", "王秀英": "not_checked",
    }  # fmt: skip


def test_rows_that_bear_on_nothing_are_no_hit(wire: Wire, request_: RegionRequest) -> None:
    closed = [{**passbook(100_000)[0], "closed_on": "2023-12-31"}]

    replied(wire, request_, on=DAY, number="gd-answer-1", outcome="hit", rows=closed)

    assert [row.outcome for row in matches_of(request_.case_id) if row.province] == ["no_hit"]


def test_an_acknowledgement_twice_says_nothing_new(wire: Wire, request_: RegionRequest) -> None:
    first = acknowledged(wire, request_, on=DAY)
    again = acknowledged(wire, request_, on=DAY, number="gd-ack-0002")

    assert (first.taken, first.known) == (1, 0)
    assert (again.taken, again.known) == (0, 1)


def test_the_file_is_kept_byte_for_byte(wire: Wire, request_: RegionRequest) -> None:
    message = Message("gd-answer-1", "answer", "44", "360429", DAY, [reply(wire, request_)])
    data = encode(message)
    taken(data, on=DAY, name="广东的答复.jsonl")

    (answer,) = answers_of(request_.pk)
    assert message_bytes(answer.message) == data
    kept = message_of(answer.message)
    assert kept is not None
    assert (kept.file_name, kept.division, kept.refused) == ("广东的答复.jsonl", "360429000000", "[]")
    assert [row.id for row in requests_of_message(answer.message)] == [request_.pk]
    assert [(row.direction, row.kind) for row in messages()] == [("in", "answer"), ("out", "request")]
    assert messages()[1].passed_on == ASKED
    assert FATHER.id_number.encode() not in data  # who answers does not write the number again
