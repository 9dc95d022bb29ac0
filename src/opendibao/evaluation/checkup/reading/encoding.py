"""文字编码: bytes of a text file as text: UTF-8 with or without its mark, UTF-16 with its mark, GB18030."""

import codecs
import re
from fractions import Fraction

from opendibao.evaluation.checkup.reading.refusal import BadReport

MARKED = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
UNKNOWN = "认不出文字的编码：请在记事本里另存为 UTF-8（或者 GB18030）再送来"
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
# what a Chinese text is written with; a foreign encoding read as GB18030 falls outside soon
USUAL = re.compile(r"[\s\x20-\x7e一-鿿　-〿！-￮‐-⁞℃-⿿·×÷±°—“”‘’…]")
EVERYDAY = re.compile(r"[的，。、：；年人]")
ENOUGH_TO_JUDGE = 40
LEAST_USUAL = Fraction(97, 100)
MOST_CONTROL = Fraction(5, 1000)


def text_of(content: bytes) -> str:
    """The text with line ends as `\\n`. Raises BadReport for bytes that are no text, or of an unknown encoding."""
    text = _decoded(content)
    if len(CONTROL.findall(text)) > MOST_CONTROL * len(text):
        raise BadReport("这不是文字文件（里面是二进制内容）：请用 Word 原稿（.docx），或者把文字复制成 .txt")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(content: bytes) -> str:
    for mark, encoding in MARKED:
        if content.startswith(mark):
            return _as(encoding, content)
    if b"\x00" in content:
        raise BadReport("这不是文字文件（里面是二进制内容）：请用 Word 原稿（.docx），或者把文字复制成 .txt")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _chinese(_as("gb18030", content))


def _as(encoding: str, content: bytes) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise BadReport(UNKNOWN) from None


def _chinese(text: str) -> str:
    """The text, if it reads like Chinese. Nearly any bytes can be read as GB18030."""
    is_judged = len(text) >= ENOUGH_TO_JUDGE
    if len(USUAL.findall(text)) < LEAST_USUAL * len(text) or (is_judged and not EVERYDAY.search(text)):
        raise BadReport(UNKNOWN)
    return text
