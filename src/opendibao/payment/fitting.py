"""逐行核对: how one line of the bank's answer fits what was sent; nothing that does not fit counts as paid."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from opendibao.kernel.money import yuan_said
from opendibao.payment.bank_return import Result
from opendibao.payment.models import ExceptionKind
from opendibao.payment.reasons import reason_of
from opendibao.payment.refusal import PaymentRefused
from opendibao.payment.states import AttemptState, move_attempt

FITS, AMOUNT, NAME, FOREIGN = "fits", "amount", "name", "foreign"
SAME_NAME = "name"
"""Code of the reason that the account's name differs: then another name in the answer is what the reason says."""


class SentRow(NamedTuple):
    """What we know of a sending: the columns that an answer is held against; amounts in fen."""

    e2e: str
    division: str
    file_no: int
    holder: str
    amount_fen: int
    answered_fen: int | None
    state: str
    sent_on: date | None
    booked_on: date | None


@dataclass(frozen=True)
class Fit:
    """What an answer does: its verdict, the state it brings (None: none), the exception it makes (None: none).

    `detail` says in words what does not agree; `fault` why the whole file cannot be believed (empty: it can).
    """

    result: Result
    division: str
    verdict: str
    state: AttemptState | None = None
    kind: ExceptionKind | None = None
    fen: int = 0
    detail: str = ""
    fault: str = ""


def fit(result: Result, sent: SentRow | None, *, county: str, on: date) -> Fit:
    """Hold one answer against the sending of its number; `county` is the division of what is not ours."""
    if sent is None:
        said = f"第{result.row}行 {result.e2e} {yuan_said(result.fen)}元 {result.state.label}：不是本批次送出的"
        return Fit(result, county, FOREIGN, None, ExceptionKind.FOREIGN, result.fen, said)
    if result.booked_on and not (sent.sent_on or on) <= result.booked_on <= on:
        return _unbelieved(
            result, sent, f"编号{result.e2e}的到账日期{result.booked_on}早于送出日期或晚于今天"
        )  # fmt: skip
    verdict, target, kind, detail = _judged(result, sent)
    try:
        state = _moved(result, sent, target)
    except PaymentRefused as refusal:
        return _unbelieved(result, sent, f"编号{result.e2e}：{refusal}")
    settled = sent.state in (AttemptState.PAID, AttemptState.RETURNED)
    return Fit(result, sent.division, verdict, state, None if settled else kind, sent.amount_fen, detail)


def _unbelieved(result: Result, sent: SentRow, fault: str) -> Fit:
    return Fit(result, sent.division, FITS, fault=fault)


def _judged(result: Result, sent: SentRow) -> tuple[str, AttemptState, ExceptionKind | None, str]:
    """Verdict, state and exception of an answer, whatever was known before."""
    amounts = f"送出{yuan_said(sent.amount_fen)}元，银行所报{yuan_said(result.fen)}元"
    if _is_other_name(result, sent):
        more = f"；{amounts}" if result.fen != sent.amount_fen else ""
        said = f"送出户名“{sent.holder}”，银行户名“{result.holder.strip()}”（{result.state.label}）{more}"
        return NAME, AttemptState.UNKNOWN, ExceptionKind.NAME, said
    if result.fen != sent.amount_fen:
        booked = result.state is AttemptState.PAID
        said = amounts if booked else f"{amounts}（{result.state.label}）"
        return AMOUNT, AttemptState.DIFFERS if booked else AttemptState.UNKNOWN, ExceptionKind.DIFFERS, said
    if result.state is AttemptState.RETURNED:
        return FITS, result.state, ExceptionKind.RETURNED, result.reason
    if result.state is AttemptState.UNKNOWN:
        return FITS, result.state, ExceptionKind.UNKNOWN, result.reason or "银行说不清这一笔的结果"
    return FITS, result.state, None, ""


def _is_other_name(result: Result, sent: SentRow) -> bool:
    if not result.holder.strip() or result.holder.strip() == sent.holder.strip():
        return False
    return not (result.state is AttemptState.RETURNED and reason_of(result.reason).code == SAME_NAME)


def _moved(result: Result, sent: SentRow, target: AttemptState) -> AttemptState | None:
    """The state that the answer brings; None where it says what is known. Raises PaymentRefused where it cannot be."""
    now = AttemptState(sent.state)
    if now is AttemptState.DIFFERS and target is AttemptState.UNKNOWN:
        return None  # it stands open already, and what the bank booked stays on record
    if now is not target:
        return move_attempt(now, target)
    if now is AttemptState.PAID and result.booked_on != sent.booked_on:
        raise PaymentRefused(f"已记{sent.booked_on}到账，不能改为{result.booked_on}")
    is_news = now is AttemptState.DIFFERS and (result.fen, result.booked_on) != (sent.answered_fen, sent.booked_on)
    return now if is_news else None
