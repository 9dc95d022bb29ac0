"""跨省核对请求的一生: drafted, sent, acknowledged, answered in parts, expired, answered late."""

from datetime import date

import pytest

from opendibao.audit.queries import events_of
from opendibao.intake.models import Case
from opendibao.verification.models import LateAnswer, Lookup, RegionRequest
from opendibao.verification.queries import matches_of, open_hits
from opendibao.verification.requests.ending import end_requests
from opendibao.verification.requests.queries import unanswered_of
from opendibao.verification.requests.settling import settle_late_answer, settle_recheck
from tests.decision.builders import AMOUNT, DECIDED, FAMILY, confirm, family, meet, visit
from tests.decision.builders import SURVEYED as VISITED
from tests.intake.builders import authorised
from tests.registry.builders import FATHER, MOTHER, at
from tests.verification.requests.province import (
    SICHUAN,
    Wire,
    acknowledged,
    drafted,
    items_of,
    passbook,
    replied,
    sent,
)

pytestmark = pytest.mark.usefixtures("places")
EXPIRES, AFTER = date(2024, 4, 4), date(2024, 4, 5)  # thirty days after the fifth of March
LATE = date(2024, 4, 20)


@pytest.fixture
def wire() -> Wire:
    return Wire()


def again(request: RegionRequest) -> RegionRequest:
    request.refresh_from_db()
    return request


def answer_row(case: Case) -> tuple[str, str, str, str]:
    (row,) = [row for row in matches_of(case.pk) if row.province == "44"]
    return row.person, row.source, row.outcome, row.why


def decided(case: Case) -> Case:
    """The family is visited, voted on, posted and confirmed: 1,378.00 yuan a month from the eighteenth of March."""
    from opendibao.decision.actions import post_notice
    from tests.decision.builders import POSTED

    visit(case, family(), VISITED)
    meet(case)
    post_notice(case.pk, on=POSTED, at=at(POSTED))
    confirm(case, DECIDED)
    case.refresh_from_db()
    return case


def test_it_is_drafted_by_the_township_and_sent_by_the_county(wire: Wire) -> None:
    case = authorised()
    request = drafted(case)

    assert (request.state, request.authorised_until, request.sent_on) == ("draft", date(2025, 3, 3), None)
    assert [one.words for one in unanswered_of(case.pk)] == [
        "未核到：广东省银行存款（李建国），2024-03-05提出，还没有发出"
    ]

    assert vars(sent(request, wire)) == {"requests": 1, "messages": 1, "failed": 0, "cancelled": 0}

    request = again(request)
    # ten working days after Tuesday the fifth: 6–8, 11–15, 18, 19
    assert (request.state, request.due_on, request.expires_on) == ("sent", date(2024, 3, 19), EXPIRES)
    assert answer_row(case) == ("李建国", "bank_deposits", "not_checked", "waiting")
    (message,) = wire.sent
    assert (message.kind, message.sender, message.receiver) == ("request", "360429", "44")
    item = items_of(wire)[request.key]
    assert (item["name"], item["id_number"], item["source"]) == ("李建国", FATHER.id_number, "bank_deposits")
    assert (item["due_on"], item["authorised_until"]) == ("2024-03-19", "2025-03-03")
    looked_up = Lookup.objects.get(case=case)
    assert (looked_up.purpose, looked_up.sources, looked_up.consent_id, looked_up.about) == (
        "request", ["bank_deposits"], request.consent_id, "广东省",
    )  # fmt: skip
    assert [event.action for event in events_of(f"案件 {case.number}")][-2:] == ["提出跨省核对", "发送跨省核对"]


def test_it_is_acknowledged_answered_in_part_and_then_whole(wire: Wire) -> None:
    case = authorised()
    request = drafted(case)
    sent(request, wire)

    acknowledged(wire, request, on=date(2024, 3, 7))
    request = again(request)
    assert (request.state, request.acknowledged_on, request.next_try_on) == ("acknowledged", date(2024, 3, 7), None)

    day = date(2024, 3, 12)
    replied(wire, request, on=day, number="gd-answer-1", outcome="not_checked", complete=False)
    assert again(request).state == "partly"
    assert answer_row(case) == ("李建国", "bank_deposits", "not_checked", "waiting")
    assert [one.words for one in unanswered_of(case.pk)] == [
        "未核到：广东省银行存款（李建国），2024-03-05发出，只有部分答复（2024-03-19前）"
    ]

    day = date(2024, 3, 14)
    replied(wire, request, on=day, number="gd-answer-2", outcome="no_hit")
    request = again(request)
    assert (request.state, request.answered_on) == ("answered", day)
    assert answer_row(case) == ("李建国", "bank_deposits", "no_hit", "")
    assert unanswered_of(case.pk) == []


def test_a_part_that_found_something_is_a_lead_at_once_and_parts_add_up(wire: Wire) -> None:
    case = authorised()
    request = drafted(case)
    sent(request, wire)

    replied(
        wire, request, on=date(2024, 3, 12), number="gd-answer-1", outcome="hit", complete=False, rows=passbook(800_000)
    )
    (hit,) = open_hits(case.pk)
    assert hit.detail["property"] == {"financial_assets": {"deposits": "8000"}}

    # the whole names the first account again: it is counted once
    replied(
        wire, request, on=date(2024, 3, 14), number="gd-answer-2", outcome="hit",
        rows=[*passbook(800_000), {"bank": "湾区某银行", "balance": 250_050, "as_of": "2024-02-29"}],
    )  # fmt: skip
    (hit,) = open_hits(case.pk)
    assert hit.detail["property"] == {"financial_assets": {"deposits": "10500.50"}}
    assert hit.detail["found"].count("珠江某银行尾号9876定期8,000.00元") == 1
    assert "湾区某银行存款2,500.50元" in hit.detail["found"]
    assert (hit.answered_on, hit.as_of) == (date(2024, 3, 12), date(2024, 3, 1))


def test_two_provinces_answer_for_themselves(wire: Wire) -> None:
    case = authorised()
    here, there = drafted(case), drafted(case, province=SICHUAN)
    sent(here, wire)
    sent(there, wire)

    replied(wire, here, on=date(2024, 3, 12), number="gd-answer-1")

    assert {(row.province, row.outcome) for row in matches_of(case.pk)} == {("44", "no_hit"), ("51", "not_checked")}
    assert [one.words for one in unanswered_of(case.pk)] == [
        "未核到：四川省银行存款（李建国），2024-03-05发出，还在等答复（2024-03-19前）"
    ]


def test_on_its_last_day_it_still_waits_and_the_day_after_the_case_goes_on(wire: Wire) -> None:
    case = authorised()
    request = drafted(case)
    sent(request, wire)

    assert vars(end_requests(on=EXPIRES, at=at(EXPIRES))) == {"expired": 0, "cancelled": 0}
    assert vars(end_requests(on=AFTER, at=at(AFTER))) == {"expired": 1, "cancelled": 0}
    assert vars(end_requests(on=AFTER, at=at(AFTER))) == {"expired": 0, "cancelled": 0}

    request = again(request)
    assert (request.state, request.ended_on, request.next_try_on) == ("expired", AFTER, None)
    assert request.recheck_on == date(2024, 7, 3)  # ninety days after the fourth of April
    assert answer_row(case) == ("李建国", "bank_deposits", "not_checked", "expired")
    assert [one.words for one in unanswered_of(case.pk)] == [
        "未核到：广东省银行存款（李建国），2024-03-05发出，2024-04-04到期未答复"
    ]


def test_the_recheck_is_done_once_by_somebody(wire: Wire) -> None:
    request = drafted(authorised())
    sent(request, wire)
    end_requests(on=AFTER, at=at(AFTER))

    settle_recheck(request.pk, said="重新发函，对方答复无记录", on=LATE, at=at(LATE))

    request = again(request)
    assert (request.rechecked_on, request.rechecked_by, request.recheck_note) == (
        LATE, "张经办", "重新发函，对方答复无记录",
    )  # fmt: skip


def test_a_late_answer_that_changes_the_result_becomes_a_task(wire: Wire) -> None:
    case = authorised()
    request = drafted(case)
    sent(request, wire)
    case = decided(case)
    end_requests(on=AFTER, at=at(AFTER))

    replied(wire, request, on=LATE, number="gd-answer-1", outcome="hit", rows=passbook(30_000_000))

    late = LateAnswer.objects.get()
    assert (late.bearing, late.outcome_before, late.before_fen, late.after_fen) == ("changes", "dibao", AMOUNT, 0)
    assert late.outcome_after != "dibao"
    assert again(request).state == "expired"  # the case was not held up for it
    assert answer_row(case) == (
        "李建国",
        "bank_deposits",
        "not_checked",
        "expired",
    )  # as its papers say
    case.refresh_from_db()
    assert case.state == "confirmed"  # nothing is reopened by itself

    settle_late_answer(late.pk, said="已启动复核", on=LATE, at=at(LATE))
    late.refresh_from_db()
    assert (late.settled_on, late.settled_by, late.note) == (LATE, "张经办", "已启动复核")


def test_a_late_answer_that_changes_nothing_is_only_filed(wire: Wire) -> None:
    case = authorised()
    request, other = drafted(case), drafted(case, MOTHER, source="real_estate")
    sent(request, wire)
    sent(other, wire)
    decided(case)
    end_requests(on=AFTER, at=at(AFTER))

    # 6,000 declared and 500 more stay below the limit: the amount is the same to the fen
    replied(wire, request, on=LATE, number="gd-answer-1", outcome="hit", rows=passbook(50_000))
    replied(wire, other, on=LATE, number="gd-answer-2")

    found = LateAnswer.objects.order_by("pk")
    assert [(late.bearing, late.before_fen, late.after_fen) for late in found] == [
        ("unchanged", AMOUNT, AMOUNT), ("unchanged", AMOUNT, AMOUNT),
    ]  # fmt: skip
    assert FAMILY["property"]["financial_assets"] == 6000  # what the sum above rests on


def test_a_late_answer_in_words_alone_is_looked_at_by_a_person(wire: Wire) -> None:
    case = authorised()
    request = drafted(case, source="tax")
    sent(request, wire)
    decided(case)
    end_requests(on=AFTER, at=at(AFTER))

    replied(wire, request, on=LATE, number="gd-answer-1", outcome="hit", words="有一家个体工商户")

    assert LateAnswer.objects.get().bearing == "unknown"


def test_an_answer_after_expiry_in_an_open_case_is_a_hit_like_any_other(wire: Wire) -> None:
    case = authorised()
    request = drafted(case)
    sent(request, wire)
    end_requests(on=AFTER, at=at(AFTER))

    replied(wire, request, on=LATE, number="gd-answer-1", outcome="hit", rows=passbook(800_000))

    assert len(open_hits(case.pk)) == 1
    assert not LateAnswer.objects.exists()
    request = again(request)
    assert (request.state, request.answered_on) == ("expired", LATE)
    assert request.answers.get().is_late


def test_what_comes_after_the_decision_is_late_though_nothing_expired(wire: Wire) -> None:
    case = authorised()
    request = drafted(case)
    sent(request, wire)
    decided(case)

    day = date(2024, 3, 20)
    replied(wire, request, on=day, number="gd-answer-1", outcome="hit", rows=passbook(30_000_000))

    assert again(request).state == "answered"
    assert request.answers.get().is_late
    assert LateAnswer.objects.get().bearing == "changes"
    assert open_hits(case.pk) == []


def test_old_data_do_not_prove_that_nothing_is_there(wire: Wire) -> None:
    case = authorised()
    request = drafted(case)
    sent(request, wire)

    # bank data are of use for 62 days: of the tenth of January until the twelfth of March
    replied(wire, request, on=date(2024, 3, 13), number="gd-answer-1", as_of="2024-01-10")

    assert again(request).state == "answered"
    assert answer_row(case) == ("李建国", "bank_deposits", "not_checked", "stale")
    assert [one.words for one in unanswered_of(case.pk)] == [
        "未核到：广东省银行存款（李建国），2024-03-05发出，2024-03-13答复用的数据已经过期"
    ]


def test_a_part_that_found_something_does_not_hide_what_is_missing(wire: Wire) -> None:
    case = authorised()
    request = drafted(case)
    sent(request, wire)
    replied(
        wire, request, on=date(2024, 3, 12), number="gd-answer-1", outcome="hit", complete=False, rows=passbook(800_000)
    )

    assert [one.words for one in unanswered_of(case.pk)] == [
        "未核到：广东省银行存款（李建国），2024-03-05发出，只有部分答复（2024-03-19前）"
    ]
    end_requests(on=AFTER, at=at(AFTER))
    assert answer_row(case) == ("李建国", "bank_deposits", "hit", "")
    assert [one.words for one in unanswered_of(case.pk)] == [
        "未核到：广东省银行存款（李建国），2024-03-05发出，2024-04-04到期只有部分答复"
    ]
