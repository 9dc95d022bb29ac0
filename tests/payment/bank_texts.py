"""Files as a bank would write them: a body closed by its trailer and the checksum of all before it."""

import hashlib
from collections.abc import Sequence

END = "\r\n"


def seal(body: str, trailer: Sequence[str], encoding: str = "gb18030") -> bytes:
    head = (body + "|".join(["T", *trailer, ""])).encode(encoding)
    return head + (hashlib.sha256(head).hexdigest() + END).encode(encoding)


def sealed(*lines: str, trailer: str, encoding: str = "gb18030") -> bytes:
    return seal("".join(line + END for line in lines), trailer.split("|"), encoding)
