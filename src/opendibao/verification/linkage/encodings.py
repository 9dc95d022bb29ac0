"""编码: UTF-8 with or without BOM, then GB18030; what is neither, or both by turns, is refused and its line named."""

import codecs
import re

UTF8, GB18030 = "UTF-8", "GB18030"
_WORKBOOK, _OLD_WORKBOOK = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_UTF8_RUN = re.compile(rb"(?<![\x80-\xff])(?:[\xe4-\xe9][\x80-\xbf]{2}){2,}(?![\x80-\xff])")
"""Two or more Chinese characters in UTF-8 and nothing else between signs of ASCII."""
_FIRST_COMMON = 0xA1
"""The common characters of GB18030 (GB/T 2312) have two bytes from here on."""


class UnknownEncoding(ValueError):
    """The bytes are no text in UTF-8 or GB18030; the text says what they seem to be and what to do."""


def decoded(data: bytes) -> tuple[str, str]:
    """The text and its encoding. Strict UTF-8 comes first: GB18030 would read most of it as other characters.

    Raises UnknownEncoding for an empty file, a workbook, UTF-16, bytes that are no text, and two encodings in one file.
    """
    if not data.strip():
        raise UnknownEncoding("文件是空的，请重新导出")
    if data.startswith((_WORKBOOK, _OLD_WORKBOOK)):
        raise UnknownEncoding("这是 Excel 工作簿，不是 CSV，请另存为“CSV UTF-8（逗号分隔）”")
    if data.startswith(_UTF16) or b"\x00" in data:
        raise UnknownEncoding("编码是 UTF-16 或不是文本，请另存为“CSV UTF-8（逗号分隔）”")
    try:
        return data.decode("utf-8").removeprefix("\ufeff"), UTF8
    except UnicodeDecodeError as fault:
        wrong = fault
    utf8 = 0 if data.startswith(codecs.BOM_UTF8) else _first_utf8(data)
    if utf8 is not None and wrong.reason == _CUT:
        raise UnknownEncoding(f"{_line(data, wrong.start)}在一个字的中间断了，{_ADVICE}")
    if utf8 is not None:
        lines = f"{_line(data, utf8)}是 UTF-8，{_line(data, wrong.start)}不是"
        raise UnknownEncoding(f"{lines}，一个文件里有两种编码，{_ADVICE}")
    try:
        return data.decode("gb18030"), GB18030
    except UnicodeDecodeError as fault:
        raise UnknownEncoding(f"{_line(data, fault.start)}既不是 UTF-8 也不是 GB18030，{_ADVICE}") from None


def _first_utf8(data: bytes) -> int | None:
    """Where Chinese in UTF-8 stands that cannot be common characters of GB18030 (濮翠华 can be read as both)."""
    for found in _UTF8_RUN.finditer(data):
        run = found.group()
        if len(run) % 2 or min(run) < _FIRST_COMMON:
            return found.start()
    return None


_CUT = "unexpected end of data"
_ADVICE = "文件可能不全或由几个文件拼成，请重新导出"


def _line(data: bytes, place: int) -> str:
    number = data.count(b"\n", 0, place) + 1
    return f"第 {number} 行"
