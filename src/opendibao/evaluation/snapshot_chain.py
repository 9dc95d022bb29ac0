"""定稿链: what a snapshot holds is hashed, what is final is chained; both can be recomputed to see if they hold."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass

from opendibao.evaluation.models import Snapshot


@dataclass(frozen=True)
class ChainState:
    """How many snapshots there are, how many of them final, and the first fault in words (none: empty)."""

    snapshots: int
    finals: int
    fault: str = ""


def sha256_of(content: object) -> str:
    """The hash of a content as plain data: same content, same hash."""
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def text_sha256(text: str) -> str:
    """The hash of a report's text."""
    return hashlib.sha256(text.encode()).hexdigest()


def chain_of(previous: str, sha256: str) -> str:
    """The chain value of a final: the hash of that of the final before it and of its own content's."""
    return hashlib.sha256(f"{previous}{sha256}".encode()).hexdigest()


def verify_snapshots() -> ChainState:
    """Recompute every hash and chain value that the session may see; the first fault is named."""
    number, finals, last = 0, 0, dict[str, str]()
    for one in Snapshot.objects.order_by("pk").iterator(chunk_size=1):
        number += 1
        for fault in _faults(one, last.get(one.division, "")):
            return ChainState(number, finals, f"{one.year}年度快照第{one.version}版{fault}")
        if one.is_final:
            finals += 1
            last[one.division] = one.chain
    return ChainState(number, finals)


def _faults(one: Snapshot, previous: str) -> Iterator[str]:
    if sha256_of(one.content) != one.sha256:
        yield "的内容与校验码不符：内容或者校验码被改动过"
    if not one.is_final:
        return
    if one.previous != previous:
        yield "（定稿）没有接在上一份定稿之后：中间有定稿被删除或者改动过"
    if one.chain != chain_of(one.previous, one.sha256):
        yield "（定稿）的链值与内容不符"
    report = one.content["report"]
    if text_sha256(report["text"]) != report["text_sha256"]:
        yield "（定稿）的报告文字与校验码不符"
