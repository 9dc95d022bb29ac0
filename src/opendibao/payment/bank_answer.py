"""银行答复: reads a sealed text that a bank gives, as its template says, and refuses what is damaged or half of it."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from opendibao.payment.bank_text import END
from opendibao.payment.refusal import PaymentRefused
from opendibao.payment.templates import BankTemplate, Line

UTF16 = (b"\xff\xfe", b"\xfe\xff")
_LAST = re.compile(rb"(?:\A|\n)[^\r\n]*?([0-9a-f]{64})\r\n\Z")


class BankReturnRefused(PaymentRefused):
    """The bank's file is damaged or contradicts itself or us; no line of it was taken."""


@dataclass(frozen=True)
class Answer:
    """A file as the bank wrote it: the fields of each line with its row from 1, and those of header and trailer."""

    rows: list[tuple[int, dict[str, str]]]
    told: Mapping[str, str]


def _text(data: bytes, template: BankTemplate, what: str) -> str:
    """Decode, and tell a file in the wrong encoding from a damaged one."""
    wanted = template.encoding.upper()
    if data.startswith(UTF16):
        raise BankReturnRefused(f"{what}是UTF-16编码，应为{wanted}，请银行按约定编码重发")
    if template.encoding != "utf-8" and _is_utf8(data):
        raise BankReturnRefused(f"{what}是UTF-8编码，应为{wanted}，请银行按约定编码重发")
    try:
        return data.decode(template.encoding)
    except UnicodeDecodeError as error:
        if error.end == len(data) and "incomplete" in error.reason:
            raise BankReturnRefused(f"{what}在一个字的中间断了，被截断，请向银行重新取文件") from None
        raise BankReturnRefused(f"{what}不是{wanted}编码，可能已损坏，请向银行重新取文件") from None


def _is_utf8(data: bytes) -> bool:
    """Whether there are signs beyond ASCII and all of them are UTF-8; the mark at the start is one."""
    try:
        return not data.decode("utf-8").isascii()
    except UnicodeDecodeError:
        return False


def _check_seal(data: bytes, what: str) -> None:
    found = _LAST.search(data)
    if not found:
        raise BankReturnRefused(f"{what}没有完整的结尾行，可能被截断，请向银行重新取文件")
    if hashlib.sha256(data[: found.start(1)]).hexdigest() != found[1].decode():
        raise BankReturnRefused(f"{what}的校验码不符，内容被改动或损坏，请向银行重新取文件")


def _fields(line: Line, cells: Sequence[str]) -> dict[str, str] | None:
    """The fields of a line; None where it has other cells, or another text where one is fixed."""
    if len(cells) != len(line) or any(cell.text != text for cell, text in zip(line, cells, strict=True) if cell.text):
        return None
    return {cell.field: text for cell, text in zip(line, cells, strict=True) if cell.field}


def _named(line: Line) -> str:
    return "|".join(cell.text or f"（{cell.zh or cell.field}）" for cell in line)


def read_answer(template: BankTemplate, data: bytes, what: str = "回盘文件") -> Answer:
    """Read a file whole, `what` it is called. Raises BankReturnRefused for damage and lines of another form."""
    text = _text(data, template, what)
    _check_seal(data, what)
    lines = [line.split(template.separator) for line in text.removesuffix(END).split(END)]
    first, last = len(template.header) + template.has_headings, len(lines) - len(template.trailer)
    if last < first:
        raise BankReturnRefused(f"{what}只有{len(lines)}行，缺少开头行，请向银行重新取文件")
    told: dict[str, str] = {}
    numbered = [
        *zip(template.header, range(first), strict=False),
        *zip(template.trailer, range(last, len(lines)), strict=True),
    ]
    for line, place in numbered:
        found = _fields(line, lines[place])
        if found is None:
            where = "开头" if place < first else "结尾"
            raise BankReturnRefused(f"{what}的{where}行应写成“{_named(line)}”，请银行按约定格式重发")
        if contrary := [key for key in found if told.get(key, found[key]) != found[key]]:
            raise BankReturnRefused(f"{what}开头和结尾的合计不一致（{contrary[0]}），请银行核对后重发")
        told |= found
    return Answer([_row(template, n, lines[n - 1], what) for n in range(first + 1, last + 1)], told)


def _row(template: BankTemplate, number: int, cells: Sequence[str], what: str) -> tuple[int, dict[str, str]]:
    found = _fields(template.columns, cells)
    if found is None:
        count = len(template.columns)
        raise BankReturnRefused(f"{what}第{number}行应有{count}个字段，请银行按约定格式重发")
    return number, found


def meaning(template: BankTemplate, row: int, word: str, what: str = "回盘文件") -> str:
    """What a word of the bank means. Raises BankReturnRefused naming the row and the words that are agreed."""
    if word not in template.words:
        raise BankReturnRefused(f"{what}第{row}行：结果“{word}”不认识，应为{'、'.join(template.words)}")
    return template.words[word]
