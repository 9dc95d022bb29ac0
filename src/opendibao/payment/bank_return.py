"""银行回盘: reads and writes the bank's answers to a file, all of it or nothing, as the template of the answer says."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Protocol

from opendibao.kernel.money import NotMoney, yuan, yuan_text
from opendibao.payment.bank_answer import BankReturnRefused, meaning, read_answer
from opendibao.payment.bank_file import e2e_household, write_file
from opendibao.payment.bank_text import Row
from opendibao.payment.states import AttemptState
from opendibao.payment.templates import load_template

__all__ = ["WORDS", "BankReturnRefused", "Result", "Sent", "read_results", "render_results", "totals", "write_result"]

COUNTY_RESULT = "county-result"
WORDS = {str(state.label): state for state in (AttemptState.PAID, AttemptState.RETURNED, AttemptState.UNKNOWN)}
"""What a bank can say of a sending, in our words."""


class Sent(Protocol):
    """What the bank knows of a sending: payment.models.Attempt fits."""

    e2e: str
    holder: str
    amount_fen: int


@dataclass(frozen=True)
class Result:
    """The bank's answer to one sending; `row` is the line in the file, counted from 1.

    `holder` is the name the bank paid to, as it wrote it (empty: it did not say); `code` is the bank's own number.
    """

    row: int
    e2e: str
    fen: int
    state: AttemptState
    booked_on: date | None
    reason: str
    holder: str = ""
    code: str = ""

    @property
    def word(self) -> str:
        """The answer in a word, as the county's form has it."""
        return str(self.state.label)


def totals(results: Iterable[Result], state: AttemptState | None = None) -> tuple[int, int]:
    """Count and fen of the results (of one state)."""
    chosen = [result.fen for result in results if state is None or result.state == state]
    return len(chosen), sum(chosen)


def _printed(results: Sequence[Result]) -> dict[str, str]:
    """The totals of the first and the last line: all, booked, returned."""
    found: dict[str, str] = {}
    for before, state in (("", None), ("paid_", AttemptState.PAID), ("returned_", AttemptState.RETURNED)):
        count, fen = totals(results, state)
        found |= {f"{before}count": str(count), f"{before}yuan": yuan_text(fen)}
    return found


def write_result(attempts: Iterable[Sent], booked_on: date, returned: Mapping[str, str]) -> bytes:
    """A bank's result file for these sendings: all booked on a day but the returned (household number → reason)."""
    results = [
        Result(row, each.e2e, each.amount_fen, AttemptState.RETURNED, None, reason, each.holder)
        if (reason := returned.get(e2e_household(each.e2e), ""))
        else Result(row, each.e2e, each.amount_fen, AttemptState.PAID, booked_on, "", each.holder)
        for row, each in enumerate(attempts, 2)
    ]
    return render_results(results)


def render_results(results: Sequence[Result], template: str = COUNTY_RESULT) -> bytes:
    """The bytes of a result file holding these answers."""
    form, out = load_template(template), BytesIO()
    words = {AttemptState(state): word for word, state in form.words.items()}
    rows = ((r.e2e, _cells(r, words[r.state])) for r in results)
    write_file(form, _printed(results), rows, out)
    return out.getvalue()


def _cells(result: Result, word: str) -> Row:
    return {
        "e2e": result.e2e, "holder": result.holder, "yuan": yuan_text(result.fen), "word": word,
        "booked_on": str(result.booked_on or ""), "code": result.code, "reason": result.reason,
    }  # fmt: skip


def _booked(row: int, state: AttemptState, day: str, reason: str) -> date | None:
    """The booking day: a success has one, anything else has none, and a return says why."""
    if state is not AttemptState.PAID:
        if day or (state is AttemptState.RETURNED and not reason.strip()):
            raise BankReturnRefused(f"回盘文件第{row}行：退回应写明原因，退回和未知都不应有到账日期")
        return None
    try:
        return date.fromisoformat(day)
    except ValueError:
        raise BankReturnRefused(f"回盘文件第{row}行：到账日期“{day}”不是日期，应写成 2024-01-10 这样") from None


def _result(row: int, said: Mapping[str, str], state: AttemptState) -> Result:
    try:
        fen = yuan(said["yuan"])
    except NotMoney as fault:
        raise BankReturnRefused(f"回盘文件第{row}行：{fault}") from None
    booked_on = _booked(row, state, said["booked_on"], said["reason"])
    return Result(
        row, said["e2e"], fen, state, booked_on, said["reason"], said.get("holder", ""), said.get("code", "")
    )  # fmt: skip


def read_results(data: bytes, template: str = COUNTY_RESULT) -> list[Result]:
    """Read a result file whole. Raises BankReturnRefused for damage, wrong totals, a line said twice."""
    form = load_template(template)
    answer = read_answer(form, data)
    results = [_result(row, said, AttemptState(meaning(form, row, said["word"]))) for row, said in answer.rows]
    printed = _printed(results)
    if any(printed[key] != text for key, text in answer.told.items() if key in printed):
        raise BankReturnRefused("回盘文件的笔数或金额合计与明细不符，请银行核对后重发")
    seen: set[str] = set()
    for result in results:
        if result.e2e in seen:
            raise BankReturnRefused(f"回盘文件第{result.row}行：编号{result.e2e}出现两次，请银行核对后重发")
        seen.add(result.e2e)
    return results
