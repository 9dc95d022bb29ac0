"""传送: how a message travels; every way takes the same message, and knows nothing of cases."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from opendibao.verification.requests.messages import Message, encode


class TransportFailed(RuntimeError):
    """A message could not be handed over; the text says why, in words for the officer. It may be tried again."""


@dataclass(frozen=True)
class Arrived:
    """What came in: the name it came under and its bytes; neither is believed yet."""

    name: str
    data: bytes


class Transport(Protocol):
    """A way to and from other provinces."""

    @property
    def name(self) -> str:
        """What it is called in the record of each try."""

    def deliver(self, message: Message) -> str:
        """Hand a message over; returns what is said of it. Raises TransportFailed."""

    def arrived(self) -> Iterator[Arrived]:
        """What has come in and was not taken yet."""

    def taken(self, arrived: Arrived) -> None:
        """What has been filed does not come again."""


class ByHand:
    """文件交换（手工）: an officer downloads the message and brings the answer's file; nothing moves by itself."""

    name = "手工交换文件"

    def deliver(self, message: Message) -> str:
        """The message lies ready to be downloaded."""
        return f"已生成报文文件{message.file_name}，等下载后交对方"

    def arrived(self) -> Iterator[Arrived]:
        """Nothing comes by itself."""
        return iter(())

    def taken(self, arrived: Arrived) -> None:
        """Nothing came by itself."""


class FileDrop:
    """文件交换（目录）: messages go into `outbox` of a folder that both sides reach, answers lie in `inbox`."""

    name = "交换目录"

    def __init__(self, folder: Path) -> None:
        self.outbox, self.inbox, self.done = folder / "outbox", folder / "inbox", folder / "inbox" / "done"

    def deliver(self, message: Message) -> str:
        """Put the whole file there at once: it is written beside and renamed. Raises TransportFailed."""
        made = self.outbox / f"{message.id}.jsonl"
        beside = made.with_suffix(".part")
        try:
            self.outbox.mkdir(parents=True, exist_ok=True)
            beside.write_bytes(encode(message))
            beside.replace(made)
        except OSError as fault:
            raise TransportFailed(f"写不进交换目录（{fault.strerror}），请检查目录和权限") from None
        return f"已放进交换目录 outbox/{made.name}"

    def arrived(self) -> Iterator[Arrived]:
        """Files of the inbox in the order of their names. Raises TransportFailed."""
        try:
            for file in sorted(self.inbox.glob("*.jsonl")):
                yield Arrived(file.name, file.read_bytes())
        except OSError as fault:
            raise TransportFailed(f"读不了交换目录（{fault.strerror}），请检查目录和权限") from None

    def taken(self, arrived: Arrived) -> None:
        """Move the file aside. Raises TransportFailed."""
        try:
            self.done.mkdir(parents=True, exist_ok=True)
            (self.inbox / arrived.name).replace(self.done / arrived.name)
        except OSError as fault:
            raise TransportFailed(f"移不走交换目录里的{arrived.name}（{fault.strerror}），请检查权限") from None
