"""请求报文: a file is a message whole, or it is refused by line and field; the same message gives the same bytes."""

import hashlib
import json
from datetime import date
from typing import Any

import pytest

from opendibao.verification.requests.messages import LARGEST_BYTES, BadMessage, Message, decode, encode
from tests.verification.requests.province import lines

KEY, SUBJECT = "a" * 32, "b" * 32
ITEM = {"key": KEY, "subject": SUBJECT, "name": "李建国", "outcome": "no_hit", "complete": True, "as_of": "2024-03-01"}
ANSWER = Message("gd-answer-1", "answer", "44", "360429", date(2024, 3, 12), [ITEM])


def file_of(head: dict[str, Any], *items: Any) -> bytes:
    """A file as somebody else would write it: right hash and count unless `head` says otherwise."""
    body = "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in items).encode()
    whole = {
        "message": "opendibao.region-request", "version": 1, "id": "gd-answer-1", "kind": "answer", "from": "44",
        "to": "360429", "made_on": "2024-03-12", "items": len(items), "sha256": hashlib.sha256(body).hexdigest(),
    }  # fmt: skip
    return json.dumps({**whole, **head}).encode() + b"\n" + body


def test_a_message_comes_back_as_it_went() -> None:
    data = encode(ANSWER)

    assert decode(data) == ANSWER
    assert encode(decode(data)) == data
    head, item = lines(data)
    assert (head["items"], head["from"], head["to"], head["version"]) == (1, "44", "360429", 1)
    assert head["sha256"] == hashlib.sha256(data.split(b"\n", 1)[1]).hexdigest()
    assert item == ITEM
    assert ANSWER.file_name == "跨省核对答复-360429-20240312-gd-answer-1.jsonl"


def test_what_another_program_writes_is_read() -> None:
    windows = b"\xef\xbb\xbf" + encode(ANSWER).replace(b"\n", b"\r\n")

    assert decode(windows) == ANSWER  # a mark at the beginning and other line ends change no item


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "文件是空的"),
        (b"PK\x03\x04\xff\xfe", "文件不是 UTF-8 编码的报文"),
        ("报文".encode("gb18030"), "文件不是 UTF-8 编码的报文"),
        (b"hello\n", "第1行不是一项 JSON"),
        (b"[1]\n", "第1行不是一项 JSON"),
        (b"{}\n", "第1行缺少“报文名称、版本、报文编号、报文种类、发出方、接收方、报文日期、项数、SHA-256”"),
        (encode(ANSWER)[:-10], "和报文头里的 SHA-256 对不上"),
        (encode(ANSWER).replace("李建国".encode(), "李建军".encode()), "和报文头里的 SHA-256 对不上"),
        (file_of({"items": 2}, ITEM), "报文头写2项，文件里有1项"),
        (file_of({"kind": "gossip"}, ITEM), "第1行的“报文种类”不合报文格式"),
        (file_of({"version": 2}, ITEM), "第1行的“版本”不合报文格式"),
        (file_of({"made_on": "2024-02-30"}, ITEM), "第1行的“报文日期”2024-02-30不是日期"),
        (file_of({"from": "广东"}, ITEM), "第1行的“发出方”不合报文格式"),
        (file_of({}), "第1行的“项数”不合报文格式"),
        (file_of({}, [ITEM]), "第2行不是一项 JSON"),
        (file_of({}, {**ITEM, "id_number": "999999198205010016"}), "第2行有报文格式里没有的项"),
        (file_of({}, ITEM, {**ITEM, "outcome": "perhaps"}), "第3行的“核对结果”不合报文格式"),
        (file_of({}, {**ITEM, "complete": "yes"}), "第2行的“是否答全”不合报文格式"),
        (file_of({}, {**ITEM, "key": "A" * 32}), "第2行的“请求标识”不合报文格式"),
        (file_of({}, {name: ITEM[name] for name in ITEM if name != "as_of"}), "第2行缺少“数据截止日期”"),
        (file_of({"kind": "acknowledgement"}, ITEM), "第2行有报文格式里没有的项"),
    ],
)
def test_a_broken_file_is_refused_by_line_and_field(data: bytes, said: str) -> None:
    with pytest.raises(BadMessage) as refusal:
        decode(data)

    assert said in str(refusal.value)
    assert "999999198205010016" not in str(refusal.value)  # what is refused is not told on


def test_a_huge_file_is_refused_before_it_is_read() -> None:
    with pytest.raises(BadMessage, match="文件超过20MB，请对方分成几份"):
        decode(b"x" * (LARGEST_BYTES + 1))


def test_deep_nesting_is_no_way_in() -> None:
    with pytest.raises(BadMessage, match="第1行不是一项 JSON"):
        decode(b"[" * 200_000 + b"\n")


def test_we_write_nothing_that_we_would_not_read() -> None:
    with pytest.raises(BadMessage, match="第2行的“姓名”不合报文格式"):
        encode(Message("county-00001", "answer", "44", "360429", date(2024, 3, 12), [{**ITEM, "name": ""}]))


def test_a_message_without_items_is_none() -> None:
    with pytest.raises(BadMessage, match="项数"):
        encode(Message("county-00001", "answer", "44", "360429", date(2024, 3, 12), []))
