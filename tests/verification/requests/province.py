"""The other province: what it reads in our messages, and the messages it writes back."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from opendibao.intake.models import Case
from opendibao.registry.queries import person_id
from opendibao.verification.models import RegionRequest
from opendibao.verification.requests.drafting import draft_request
from opendibao.verification.requests.messages import Message, decode, encode
from opendibao.verification.requests.receiving import Received, receive_message
from opendibao.verification.requests.sending import Sent, send_requests
from opendibao.verification.requests.transport import Arrived, TransportFailed
from tests.intake.builders import ASKED
from tests.registry.builders import FATHER, MemberEntry, at

GUANGDONG, SICHUAN, COUNTY = "44", "51", "360429"
WHY = "户主丈夫曾在当地务工"
PASSBOOK = {"bank": "珠江某银行", "account": "6217000000009876", "kind": "定期", "as_of": "2024-03-01"}


@dataclass
class Wire:
    """A second way of travelling: what is delivered is heard at once on the other side; it may be out of order."""

    name = "专线接口"
    sent: list[Message] = field(default_factory=list)
    is_down: bool = False

    def deliver(self, message: Message) -> str:
        if self.is_down:
            raise TransportFailed("专线不通，请稍后再发")
        self.sent.append(decode(encode(message)))
        return f"接口已收，回执 {message.id}"

    def arrived(self) -> list[Arrived]:
        return []

    def taken(self, arrived: Arrived) -> None:
        pass


def drafted(
    case: Case, who: MemberEntry = FATHER, *, source: str = "bank_deposits", province: str = GUANGDONG,
    on: date = ASKED, purpose: str = WHY,
) -> RegionRequest:  # fmt: skip
    """The township asks."""
    return draft_request(
        case.pk, person_id=person_id(who.id_number), source=source, province=province, purpose=purpose, on=on, at=at(on)
    )


def sent(request: RegionRequest, wire: Wire, *, on: date = ASKED) -> Sent:
    """The county sends one."""
    return send_requests([request.pk], wire, on=on, at=at(on), number=f"county-{request.pk}-{on}")


def items_of(wire: Wire) -> dict[str, Mapping[str, Any]]:
    """What was asked, by key."""
    return {item["key"]: item for message in wire.sent for item in message.items}


def acknowledged(wire: Wire, *requests: RegionRequest, on: date, number: str = "gd-ack-0001") -> Received:
    """The other side says that it has them."""
    items = [{name: items_of(wire)[one.key][name] for name in ("key", "subject")} for one in requests]
    return received("acknowledgement", items, on=on, number=number)


def replied(wire: Wire, request: RegionRequest, *, on: date, number: str, **said: Any) -> Received:
    """The other side answers one request."""
    return received("answer", [reply(wire, request, **said)], on=on, number=number)


def reply(wire: Wire, request: RegionRequest, outcome: str = "no_hit", **said: Any) -> dict[str, Any]:
    """An item of an answer: complete and of 2024-03-01 unless said otherwise."""
    asked = items_of(wire)[request.key]
    return {
        "key": asked["key"], "subject": asked["subject"], "name": asked["name"], "outcome": outcome,
        "complete": True, "as_of": "2024-03-01", **said,
    }  # fmt: skip


def received(
    kind: str, items: Sequence[Mapping[str, Any]], *, on: date, number: str, sender: str = GUANGDONG,
    receiver: str = COUNTY, made_on: date | None = None,
) -> Received:  # fmt: skip
    """The county takes a message."""
    message = Message(number, kind, sender, receiver, made_on or on, items)
    return taken(encode(message), on=on)


def taken(data: bytes, *, on: date, name: str = "答复.jsonl") -> Received:
    """The county takes a file."""
    return receive_message(Arrived(name, data), transport="手工交换文件", on=on, at=at(on))


def passbook(fen: int) -> list[dict[str, Any]]:
    """A deposit in the other province."""
    return [{**PASSBOOK, "balance": fen}]


def lines(data: bytes) -> list[Any]:
    """A file's lines."""
    return [json.loads(line) for line in data.decode().splitlines()]
