"""编码: text files come as UTF-8 or GB18030; which one is found out, a file of two encodings is refused."""

import codecs
import re

from opendibao.verification.deliveries.refusal import DeliveryRefused

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8（BOM）"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
UTF8, GB18030 = "UTF-8", "GB18030"
HAN_IN_UTF8 = re.compile(rb"(?:[\xe4-\xe9][\x80-\xbf]{2}){2,}")
"""Two Chinese characters in a row as UTF-8 writes them: seldom in GB18030, so that only such lines are looked at."""
TORN = "unexpected end of data"
END_OF_FILE = b"\x1a"  # DOS programs end a text file with it


def decoded(data: bytes) -> tuple[str, str]:
    """The text of a file and the name of its encoding. Raises DeliveryRefused where it is no text of one encoding."""
    data = data.rstrip(END_OF_FILE)
    for mark, codec, name in MARKS:
        if data.startswith(mark):
            return _strict(data, codec, name), name
    try:
        return _text(data.decode("utf-8")), UTF8
    except UnicodeDecodeError as fault:
        if fault.reason == TORN and not data[: fault.start].isascii():
            raise DeliveryRefused("文件断在半个字上，没有传完；请部门重送") from None
    if line := _mixed(data):
        raise DeliveryRefused(f"文件里混有两种编码：第{line}行是 UTF-8，别的行不是；请部门统一成一种编码后重送")
    return _strict(data, "gb18030", GB18030), GB18030


def _strict(data: bytes, codec: str, name: str) -> str:
    try:
        return _text(data.decode(codec))
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        raise DeliveryRefused(f"文件第{line}行的编码不是{name}，读不了；请部门另存为 UTF-8 或 GB18030 后重送") from None


def _text(text: str) -> str:
    if "\0" in text:
        raise DeliveryRefused("文件里有不是文字的字节，不像文本文件；请部门按 xlsx、CSV、定长文本或 NDJSON 送")
    return text


def _mixed(data: bytes) -> int:
    """The number of the first line that is UTF-8 in a file that is not; 0 where there is none.

    A line counts only where it reads as common characters in UTF-8 and as rare ones in GB18030.
    """
    done = -1
    for found in HAN_IN_UTF8.finditer(data):
        if found.start() < done:
            continue
        begin = data.rfind(b"\n", 0, found.start()) + 1
        done = data.find(b"\n", found.end())
        done = len(data) if done < 0 else done
        if _is_common(data[begin:done], "utf-8") and not _is_common(data[begin:done], "gb18030"):
            return data.count(b"\n", 0, begin) + 1
    return 0


def _is_common(line: bytes, codec: str) -> bool:
    """Whether a line reads as characters of the common set of 1980."""
    try:
        line.decode(codec).encode("gb2312")
    except UnicodeError:
        return False
    return True
