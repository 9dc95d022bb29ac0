"""Requests of each kind that the pages show: to be sent, sent and answered in part, expired, with their messages."""

from dataclasses import dataclass
from datetime import date

from opendibao.intake.actions import accept_case, sign_consents, submit_case
from opendibao.verification.models import RequestMessage
from opendibao.verification.requests.ending import end_requests
from tests.registry.builders import MemberEntry, at, household, number
from tests.verification.requests.province import SICHUAN, Wire, drafted, passbook, replied, sent

ACCEPTED, ASKED, ANSWERED = date(2024, 11, 4), date(2024, 11, 5), date(2024, 11, 12)
EXPIRED = date(2024, 12, 6)  # thirty days after the fifth of November is the fifth of December
AGAIN = date(2024, 12, 9)


@dataclass(frozen=True)
class Asked:
    """The ids of these requests, of their case and of the message that answered."""

    region_case: int
    region_draft: int
    region_partly: int
    region_expired: int
    region_message: int


def whole() -> Asked:
    """Enter them; the county's divisions are entered before."""
    head = MemberEntry(number(date(1956, 2, 3), 61), "龚在外", "head")
    home = household("999999-44001", head)
    facts = {"area": "rural", "members": [{"name": head.name, "born": "1956-02-03", "sex": "male", "relation": "head"}]}
    case = submit_case(home, kind="application", channel="counter", declared=facts, on=ACCEPTED, at=at(ACCEPTED))
    accept_case(case.pk, on=ACCEPTED, at=at(ACCEPTED))
    sign_consents(case.pk, on=ACCEPTED, at=at(ACCEPTED))
    wire = Wire()
    expired = drafted(case, head, source="real_estate", on=ASKED)
    sent(expired, wire, on=ASKED)
    end_requests(on=EXPIRED, at=at(EXPIRED))
    partly = drafted(case, head, on=AGAIN, purpose="十年前在那里务工，工资卡可能还在用")
    sent(partly, wire, on=AGAIN)
    replied(
        wire, partly, on=date(2024, 12, 12), number="gd-answer-4401", outcome="hit", complete=False,
        rows=passbook(800_000),
    )  # fmt: skip
    draft = drafted(case, head, province=SICHUAN, on=AGAIN)
    message = RequestMessage.objects.get(direction="in")
    return Asked(case.pk, draft.pk, partly.pk, expired.pk, message.pk)
