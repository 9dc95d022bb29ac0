"""退回通知: tells a family in large type that its money came back, what to do, and whom to call."""

from datetime import date

from opendibao.kernel.ids import mask_account
from opendibao.kernel.money import in_words, yuan_said
from opendibao.payment.paper_queries import SlipRow, slip_row
from opendibao.payment.reasons import reason_of
from opendibao.reporting.case_papers.dating import day, month
from opendibao.reporting.case_papers.gathering import places_of
from opendibao.reporting.case_papers.letters import phones, town_office
from opendibao.reporting.case_papers.sheet import LETTER, Letter, Receipt, Sheet
from opendibao.reporting.case_papers.typesetting import typeset
from opendibao.reporting.pay_papers.refusal import NoSuchRun

TITLE = "低保金退回通知"


def return_slip_pdf(attempt_e2e: str, *, on: date) -> bytes:
    """A page for the family whose money the bank sent back. Raises NoSuchRun where nothing came back."""
    row = slip_row(attempt_e2e)
    if row is None:
        raise NoSuchRun("没有这笔发送，或不在本人可见的区划内")
    if row.state != "returned":
        raise NoSuchRun("银行没有退回这一笔，不用通知家庭")
    places = places_of(row.division)
    body = Letter(f"{row.head or row.holder}：", _parts(row), (), town_office(places), day(on), phones(places, on),
                  Receipt())  # fmt: skip
    sheet = Sheet("return_slip", TITLE, [body], office=f"{places.county}{places.town}", layout=LETTER)
    return typeset([sheet], title=TITLE, office=sheet.office)


def _parts(row: SlipRow) -> list[tuple[str, str]]:
    """Result first, then why, what to do, and which money it is; the reason's words are those of the telephone."""
    meant = reason_of(row.reason)
    account = f"{row.bank}尾号{mask_account(row.account)[-4:]}，户名{row.holder}"
    money = f"{yuan_said(row.fen)}元（{in_words(row.fen)}）"
    return [
        ("结果", f"您家{month(row.month)}的低保金{money}没有到账，银行退了回来。"),
        ("为什么", f"{meant.zh}（银行写的是“{row.reason}”）。"),
        ("怎么办", f"{meant.family}。"),
        ("哪个账户", f"{account}。{day(row.sent_on)}送银行。"),
        ("来时带什么", "身份证，存折或者银行卡（社保卡）。走不动的，先打下面的电话和我们商量。"),
    ]  # fmt: skip
