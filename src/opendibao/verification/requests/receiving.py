"""收答复: a message of another province is checked item by item; what does not fit is refused by name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from django.db import transaction

from opendibao.audit.duties import needs
from opendibao.audit.session import officer_name
from opendibao.kernel.duties import Duty
from opendibao.kernel.ids import county_of
from opendibao.verification.models import RegionRequest, RequestMessage
from opendibao.verification.refusal import VerificationRefused
from opendibao.verification.requests.answering import acknowledge, file_answer
from opendibao.verification.requests.found_rows import BadItem, FoundRows, found_rows
from opendibao.verification.requests.messages import Item, Message, day_of, decode
from opendibao.verification.requests.provinces import province_zh
from opendibao.verification.requests.sending import COUNTY_DIGITS, subject_of
from opendibao.verification.requests.states import RequestState
from opendibao.verification.requests.transport import Arrived
from opendibao.verification.sealing import seal

FILE_NAME_LENGTH = 120
MOST_NAMED = 20
Fitting = tuple[Item, RegionRequest, FoundRows]


@dataclass(frozen=True)
class RefusedItem:
    """A line of a message that was not taken: its number in the file and why."""

    line: int
    why: str


@dataclass(frozen=True)
class Received:
    """What became of a message: lines filed, lines that said nothing new, lines refused.

    `message` is the id of what was kept; `is_known`: it came before.
    """

    kind: str
    province: str
    taken: int
    known: int
    refused: Sequence[RefusedItem]
    message: int
    is_known: bool = False


@needs(Duty.CONFIRM)
@transaction.atomic
def receive_message(arrived: Arrived, *, transport: str, on: date, at: datetime) -> Received:
    """收跨省核对报文: an acknowledgement or an answer; the same message twice is a no-op.

    Raises BadMessage for a file that is none, VerificationRefused where not one line of it can be taken.
    """
    message = decode(arrived.data)
    digest = sha256(arrived.data).hexdigest()
    _refuse_message(message, on)
    if known := RequestMessage.objects.filter(message_id=message.id).first():
        return _came_before(known, digest, message)
    held = _held(message)
    fitting, refused = _sorted(message, held, on)
    if not fitting:
        raise VerificationRefused(_nothing_fits(refused))
    kept = _keep(message, arrived, transport, digest, refused, on)
    taken = 0
    for item, request, found in fitting:
        if message.kind == "acknowledgement":
            taken += acknowledge(request, on=on, at=at)
        else:
            file_answer(request, kept, item, found, on=on, at=at)
            taken += 1
    return Received(message.kind, message.sender[:2], taken, len(fitting) - taken, refused, kept.pk)


def _sorted(
    message: Message, held: Mapping[str, RegionRequest], on: date
) -> tuple[list[Fitting], tuple[RefusedItem, ...]]:
    """The items that can be taken, and those that cannot, with why."""
    fitting, refused, whole = list[Fitting](), list[RefusedItem](), set[str]()
    for line, item in enumerate(message.items, 2):
        try:
            request, found = _checked(item, held.get(item["key"]), message, on, line)
            if item["key"] in whole:
                raise BadItem(f"{request.person.name}的请求：同一份报文里已经答全，这一行不收")
            whole |= {item["key"]} if item.get("complete") else set()
            fitting.append((item, request, found))
        except (BadItem, VerificationRefused) as fault:
            refused.append(RefusedItem(line, str(fault)))
    return fitting, tuple(refused)


def _refuse_message(message: Message, on: date) -> None:
    if message.kind == "request":
        raise VerificationRefused("这是请求报文，不是对方的签收或答复；请选对方发来的文件")
    if message.made_on > on:
        raise VerificationRefused(f"报文日期{message.made_on}晚于收到日期{on}，请核对")


def _came_before(known: RequestMessage, digest: str, message: Message) -> Received:
    if known.direction == "out" or known.sha256 != digest:
        raise VerificationRefused(
            f"报文编号{message.id[:12]}已于{known.passed_on}用过，内容却不同；请对方换一个编号重发"
        )
    return Received(message.kind, message.sender[:2], 0, len(message.items), (), known.pk, is_known=True)


def _held(message: Message) -> dict[str, RegionRequest]:
    keys = {item["key"] for item in message.items}
    rows = (
        RegionRequest.objects.select_for_update(of=("self",)).filter(key__in=keys)
        .select_related("case", "person", "consent").order_by("pk")
    )  # fmt: skip
    return {row.key: row for row in rows}


def _checked(
    item: Item, request: RegionRequest | None, message: Message, on: date, line: int
) -> tuple[RegionRequest, FoundRows]:
    """The request an item speaks of and what it found. Raises BadItem in words that name person and place."""
    if request is None:
        raise BadItem("没有这个请求标识，不是本县发出的请求，或者抄错了标识")
    who = f"{request.person.name}在{province_zh(request.province)}的请求"
    if fault := _not_theirs(item, request, message) or _not_now(item, request, message, on):
        raise BadItem(f"{who}：{fault}")
    if message.kind == "acknowledgement":
        return request, FoundRows("", {})
    as_of = day_of(item["as_of"], "数据截止日期", line)
    if as_of > on:
        raise BadItem(f"{who}：数据截止日期{as_of}晚于收到日期{on}，请对方核对")
    return request, found_rows(item, request.source, as_of, who)


def _not_theirs(item: Item, request: RegionRequest, message: Message) -> str:
    """Why an item is about somebody or something else; "" where it is what was asked."""
    if message.sender[:2] != request.province:
        return f"是问{province_zh(request.province)}的，报文却来自{province_zh(message.sender[:2])}"
    if message.receiver != county_of(request.division)[:COUNTY_DIGITS]:
        return f"报文的接收方{message.receiver}不是本县"
    if item["subject"] != subject_of(request):
        return "人员标识不符，答的不是所问的人"
    if message.kind == "answer" and item["name"] != request.person.name:
        return "答复里的姓名和所问的人不同，请对方核对是不是答错了人"
    return ""


def _not_now(item: Item, request: RegionRequest, message: Message, on: date) -> str:
    """Why nothing is taken on this request any more or yet; "" where it is."""
    if request.sent_on is None or request.state == RequestState.DRAFT:
        return "还没有发出，不应有答复"
    if message.made_on < request.sent_on:
        return f"{request.sent_on}才发出，报文日期{message.made_on}不对"
    if request.state == RequestState.CANCELLED:
        return f"已于{request.ended_on}撤销（{request.reason}），答复不收"
    if request.consent.revoked_on and request.consent.revoked_on <= on:
        return f"{request.consent.signer}的核对授权已于{request.consent.revoked_on}撤回，答复不收"
    if message.kind == "answer" and request.answered_on:
        return f"已于{request.answered_on}答全，不再收；要改的请对方来函说明"
    if message.kind == "acknowledgement" and request.state == RequestState.EXPIRED:
        return f"已于{request.ended_on}到期，签收不再登记；有结果仍可以答复"
    return ""


def _nothing_fits(refused: Sequence[RefusedItem]) -> str:
    said = "；".join(f"第{one.line}行：{one.why}" for one in refused[:MOST_NAMED])
    more = f"；还有{len(refused) - MOST_NAMED}行" if len(refused) > MOST_NAMED else ""
    return f"这份报文没有一行能收，什么也没有登记。{said}{more}"


def _keep(
    message: Message, arrived: Arrived, transport: str, digest: str, refused: Sequence[RefusedItem], on: date
) -> RequestMessage:
    return RequestMessage.objects.create(
        message_id=message.id, division=county_of(message.receiver.ljust(12, "0")), direction="in", kind=message.kind,
        province=message.sender[:2], transport=transport, file_name=arrived.name[:FILE_NAME_LENGTH], passed_on=on,
        passed_by=officer_name(), items=len(message.items), sha256=digest, sealed=seal(arrived.data),
        refused=[[one.line, one.why] for one in refused],
    )  # fmt: skip
