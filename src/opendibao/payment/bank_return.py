"""银行回盘: reads and writes the bank's answers to a file, all of it or nothing.

H|代发结果|笔数|金额, then D|端到端编号|金额|成功/退回/未知|到账日期|原因, then
T|总笔数|总金额|成功笔数|成功金额|退回笔数|退回金额|SHA-256 (of everything before it). GB18030, CR LF, yuan.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from opendibao.kernel.money import NotMoney, yuan, yuan_text
from opendibao.payment.bank_file import ENCODING, END, e2e_household, seal
from opendibao.payment.refusal import PaymentRefused
from opendibao.payment.states import AttemptState

WORDS = {"成功": AttemptState.PAID, "退回": AttemptState.RETURNED, "未知": AttemptState.UNKNOWN}
TITLE = "代发结果"
_TRAILER = re.compile(rb"T\|[\d.|]+\|([0-9a-f]{64})\r\n\Z")


class BankReturnRefused(PaymentRefused):
    """The bank's file is damaged or contradicts itself or us; no line of it was taken."""


class Sent(Protocol):
    """What the bank knows of a sending: payment.models.Attempt fits."""

    e2e: str
    amount_fen: int


@dataclass(frozen=True)
class Result:
    """The bank's answer to one sending; `row` is the line in the file, counted from 1."""

    row: int
    e2e: str
    fen: int
    state: AttemptState
    booked_on: date | None
    reason: str


def totals(results: Iterable[Result], state: AttemptState | None = None) -> tuple[int, int]:
    """Count and fen of the results (of one state)."""
    chosen = [result.fen for result in results if state is None or result.state == state]
    return len(chosen), sum(chosen)


def _printed(results: Sequence[Result]) -> list[str]:
    """The numbers of the trailer: all, booked, returned."""
    pairs = [totals(results), totals(results, AttemptState.PAID), totals(results, AttemptState.RETURNED)]
    return [text for count, fen in pairs for text in (str(count), yuan_text(fen))]


def write_result(attempts: Iterable[Sent], booked_on: date, returned: Mapping[str, str]) -> bytes:
    """A bank's result file for these sendings: all booked on a day but the returned (household number → reason)."""
    results = [
        Result(row, attempt.e2e, attempt.amount_fen, AttemptState.RETURNED, None, reason)
        if (reason := returned.get(e2e_household(attempt.e2e), ""))
        else Result(row, attempt.e2e, attempt.amount_fen, AttemptState.PAID, booked_on, "")
        for row, attempt in enumerate(attempts, 2)
    ]
    return render_results(results)


def render_results(results: Sequence[Result]) -> bytes:
    """The bytes of a result file holding these answers."""
    words = {state: word for word, state in WORDS.items()}
    count, fen = totals(results)
    body = [f"H|{TITLE}|{count}|{yuan_text(fen)}"]
    body += [f"D|{r.e2e}|{yuan_text(r.fen)}|{words[r.state]}|{r.booked_on or ''}|{r.reason}" for r in results]
    return seal("".join(line + END for line in body), _printed(results))


def _text(data: bytes) -> str:
    """Decode, and tell a file in the wrong encoding from a damaged one."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        if not text.isascii():
            raise BankReturnRefused("回盘文件是UTF-8编码，应为GB18030，请银行按约定编码重发")
    try:
        return data.decode(ENCODING)
    except UnicodeDecodeError:
        raise BankReturnRefused("回盘文件不是GB18030编码，可能已损坏，请向银行重新取文件") from None


def _check_seal(data: bytes) -> None:
    found = _TRAILER.search(data)
    if not found:
        raise BankReturnRefused("回盘文件没有完整的结尾行，可能被截断，请向银行重新取文件")
    if hashlib.sha256(data[: found.start(1)]).hexdigest() != found[1].decode():
        raise BankReturnRefused("回盘文件的校验码不符，内容被改动或损坏，请向银行重新取文件")


def _booked(row: int, state: AttemptState, day: str, reason: str) -> date | None:
    """The booking day: a success has one, anything else has none, and a return says why."""
    if state is not AttemptState.PAID:
        if day or (state is AttemptState.RETURNED and not reason):
            raise BankReturnRefused(f"回盘文件第{row}行：退回应写明原因，退回和未知都不应有到账日期")
        return None
    try:
        return date.fromisoformat(day)
    except ValueError:
        raise BankReturnRefused(f"回盘文件第{row}行：到账日期“{day}”不是日期，应写成 2024-01-10 这样") from None


def _result(row: int, line: str) -> Result:
    cells = line.split("|")
    if len(cells) != 6 or cells[0] != "D":
        raise BankReturnRefused(f"回盘文件第{row}行应有6个字段，请银行按约定格式重发")
    _, e2e, amount, word, day, reason = cells
    if word not in WORDS:
        raise BankReturnRefused(f"回盘文件第{row}行：结果“{word}”不认识，应为成功、退回或未知")
    try:
        fen = yuan(amount)
    except NotMoney as fault:
        raise BankReturnRefused(f"回盘文件第{row}行：{fault}") from None
    return Result(row, e2e, fen, WORDS[word], _booked(row, WORDS[word], day, reason), reason)


def read_results(data: bytes) -> list[Result]:
    """Read a result file whole. Raises BankReturnRefused for damage, wrong totals, a line said twice."""
    text = _text(data)
    _check_seal(data)
    rows = text.removesuffix(END).split(END)
    if len(rows) < 2:
        raise BankReturnRefused("回盘文件只有一行，缺少开头行，请向银行重新取文件")
    first, *lines, last = rows
    results = [_result(row, line) for row, line in enumerate(lines, 2)]
    count, fen = totals(results)
    if first != f"H|{TITLE}|{count}|{yuan_text(fen)}" or last.split("|")[1:-1] != _printed(results):
        raise BankReturnRefused("回盘文件的笔数或金额合计与明细不符，请银行核对后重发")
    seen: set[str] = set()
    for result in results:
        if result.e2e in seen:
            raise BankReturnRefused(f"回盘文件第{result.row}行：编号{result.e2e}出现两次，请银行核对后重发")
        seen.add(result.e2e)
    return results
