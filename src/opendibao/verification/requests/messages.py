"""请求报文: one message between our county and another province, the same for every way it may travel.

A file of it is UTF-8 JSON lines: a head with number, hash and count, then one line an item. What the lines mean is in
messages.schema.json; here is only whether a message is whole and well-formed, not whether it fits our requests.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import jsonschema
from jsonschema.exceptions import best_match

from opendibao.verification.refusal import VerificationRefused

NAME, VERSION = "opendibao.region-request", 1
LARGEST_BYTES = 20_000_000
Item = Mapping[str, Any]
KINDS = {"request": "请求", "acknowledgement": "签收", "answer": "答复"}
FIELDS = {
    "key": "请求标识", "subject": "人员标识", "name": "姓名", "outcome": "核对结果", "complete": "是否答全",
    "as_of": "数据截止日期", "words": "核到内容", "rows": "核到的行", "id": "报文编号", "kind": "报文种类",
    "from": "发出方", "to": "接收方", "made_on": "报文日期", "items": "项数", "sha256": "SHA-256",
    "message": "报文名称", "version": "版本",
    "id_number": "证件号码", "source": "来源", "purpose": "用途", "authorised_until": "授权有效期至", "due_on": "期限",
}  # fmt: skip


class BadMessage(VerificationRefused):
    """A file is no whole message; the text says which line, why and what to do."""


@dataclass(frozen=True)
class Message:
    """What one side tells the other: `sender` and `receiver` are a county's six digits or a province's two."""

    id: str
    kind: str
    sender: str
    receiver: str
    made_on: date
    items: Sequence[Item]

    @property
    def file_name(self) -> str:
        """The name of a file of it: whom it goes to, the day, the number; nobody's name."""
        return f"跨省核对{KINDS[self.kind]}-{self.receiver}-{self.made_on:%Y%m%d}-{self.id[:12]}.jsonl"


def encode(message: Message) -> bytes:
    """The bytes of a message; the same message gives the same bytes. Raises BadMessage where it is not whole."""
    body = "".join(_line(item) for item in message.items).encode()
    head = {
        "message": NAME, "version": VERSION, "id": message.id, "kind": message.kind, "from": message.sender,
        "to": message.receiver, "made_on": message.made_on.isoformat(), "items": len(message.items),
        "sha256": hashlib.sha256(body).hexdigest(),
    }  # fmt: skip
    _check(head, "head", 1)
    for number, item in enumerate(message.items, 2):
        _check(item, message.kind, number)
    return _line(head).encode() + body


def decode(data: bytes) -> Message:
    """The message of a file. Raises BadMessage naming the line; nothing of a broken file is used."""
    head_line, body = _parted(data)
    head = _read(head_line, 1)
    _check(head, "head", 1)
    if hashlib.sha256(body).hexdigest() != head["sha256"]:
        raise BadMessage("报文内容和报文头里的 SHA-256 对不上，文件改过或没有传完，请对方重发")
    lines = body.decode().splitlines()
    if len(lines) != head["items"]:
        raise BadMessage(f"报文头写{head['items']}项，文件里有{len(lines)}项，请对方重发")
    items = [_read(line, number) for number, line in enumerate(lines, 2)]
    for number, item in enumerate(items, 2):
        _check(item, head["kind"], number)
    made_on = _day(head["made_on"], "报文日期", 1)
    return Message(head["id"], head["kind"], head["from"], head["to"], made_on, items)


def _parted(data: bytes) -> tuple[str, bytes]:
    if not data:
        raise BadMessage("文件是空的，请重新选对方发来的报文文件（.jsonl）")
    if len(data) > LARGEST_BYTES:
        raise BadMessage(f"文件超过{LARGEST_BYTES // 1_000_000}MB，请对方分成几份")
    data = data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
    head, _, body = data.partition(b"\n")
    try:
        body.decode()
        return head.decode(), body
    except UnicodeDecodeError:
        raise BadMessage("文件不是 UTF-8 编码的报文，请选对方发来的 .jsonl 文件，不要用 Excel 打开再存") from None


def _line(item: Item) -> str:
    return json.dumps(item, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"


def _read(line: str, number: int) -> dict[str, Any]:
    try:
        found = json.loads(line, parse_float=_no_float, parse_constant=_no_float)
    except (json.JSONDecodeError, RecursionError):
        raise BadMessage(f"第{number}行不是一项 JSON，请对方重新导出") from None
    if not isinstance(found, dict):
        raise BadMessage(f"第{number}行不是一项 JSON，请对方重新导出")
    return found


def _no_float(text: str) -> str:
    """A fraction stays text: money is told in whole fen, and what is none is refused where it is read."""
    return text


@cache
def _form(kind: str) -> jsonschema.Draft202012Validator:
    whole = json.loads((files(__package__) / "messages.schema.json").read_text("utf-8"))
    return jsonschema.Draft202012Validator({"$ref": f"#/$defs/{kind}", "$defs": whole["$defs"]})


def _check(item: Item, kind: str, number: int) -> None:
    fault = best_match(_form(kind).iter_errors(item))
    if fault is None:
        return
    place = next((str(step) for step in fault.absolute_path), "")
    if fault.validator == "required":
        lacking = [FIELDS.get(name, name) for name in fault.validator_value if name not in item]
        raise BadMessage(f"第{number}行缺少“{'、'.join(lacking)}”，请对方补齐后重发")
    if fault.validator == "additionalProperties":
        raise BadMessage(f"第{number}行有报文格式里没有的项，请对方按格式重发")
    raise BadMessage(f"第{number}行的“{FIELDS.get(place, place or '内容')}”不合报文格式，请对方改正后重发")


def day_of(text: str, what: str, number: int) -> date:
    """A day written 2024-03-05. Raises BadMessage naming line and field."""
    return _day(text, what, number)


def _day(text: str, what: str, number: int) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadMessage(f"第{number}行的“{what}”{text}不是日期，请对方改正后重发") from None
