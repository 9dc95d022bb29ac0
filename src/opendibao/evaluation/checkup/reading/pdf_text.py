"""PDF里有没有文字: tells a scanned PDF from one with text, so that its sender is told what to do."""

import re
import zlib
from collections.abc import Iterator

STREAM = re.compile(rb"stream\r?\n")
SHOWS_TEXT = re.compile(rb"\bBT\b.{0,4000}?(?:Tj|TJ|'|\")", re.S)
MOST_STREAMS, MOST_OF_ONE = 400, 2 * 1024 * 1024


def has_text(content: bytes) -> bool:
    """Whether any page of a PDF shows text rather than only pictures."""
    return any(SHOWS_TEXT.search(one) for one in _streams(content))


def _streams(content: bytes) -> Iterator[bytes]:
    """The first streams of a PDF, unpacked as far as is needed to judge."""
    for found, opened in enumerate(STREAM.finditer(content)):
        if found == MOST_STREAMS:
            return
        end = content.find(b"endstream", opened.end())
        packed = content[opened.end() : end if end >= 0 else None]
        try:
            yield zlib.decompressobj().decompress(packed, MOST_OF_ONE)
        except zlib.error:
            yield packed
