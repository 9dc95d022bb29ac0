"""财政支付凭证: what the treasury released for a run, entered from its vouchers; a red one takes back."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from opendibao.audit.duties import needs
from opendibao.audit.session import officer_name
from opendibao.audit.sql_rows import read
from opendibao.kernel.duties import Duty
from opendibao.kernel.money import yuan_said
from opendibao.kernel.month import month_text
from opendibao.payment.comparing import compare_again, has_open
from opendibao.payment.models import Voucher
from opendibao.payment.refusal import PaymentRefused
from opendibao.payment.run_record import locked, note
from opendibao.policy.shares import LEVELS as TREASURIES

LEVELS = {"": "不分级次", **TREASURIES}
NUMBER, TEXT = 40, 100
LISTED = """
SELECT id, number, issued_on, fen, level, text, officer FROM payment_voucher
WHERE run_id = %(run)s ORDER BY issued_on, number
"""


@dataclass(frozen=True)
class VoucherRow:
    """A voucher of a run; `fen` is negative on a red one, `level` the level of treasury (empty: not split)."""

    id: int
    number: str
    issued_on: date
    fen: int
    level: str
    text: str
    officer: str

    @property
    def level_zh(self) -> str:
        """The level's name."""
        return LEVELS[self.level]


def vouchers(run_id: int) -> list[VoucherRow]:
    """The vouchers of a run in the order of their days."""
    return read(VoucherRow, LISTED, {"run": run_id})


def _refuse_wrong(number: str, issued_on: date, fen: int, level: str, text: str, on: date) -> None:
    if not number or len(number) > NUMBER:
        raise PaymentRefused(f"凭证号要照凭证填，最多{NUMBER}个字")
    if issued_on > on:
        raise PaymentRefused(f"凭证日期{issued_on}晚于今天，请照凭证填")
    if fen == 0:
        raise PaymentRefused("凭证金额不能是0，请照凭证填；红字凭证填负数")
    if level not in LEVELS:
        raise PaymentRefused(f"预算级次“{level}”不认识，应为{'、'.join(LEVELS.values())}")
    if len(text) > TEXT:
        raise PaymentRefused(f"凭证摘要最多{TEXT}个字，现在有{len(text)}个")


@needs(Duty.FINANCE, Duty.PAY)
@transaction.atomic
def enter_voucher(
    run_id: int, *, number: str, issued_on: date, fen: int, level: str = "", text: str = "", on: date, at: datetime
) -> Voucher:
    """登记财政支付凭证: as it stands on the paper (fen; negative on a red one); a number is entered once.

    Raises PaymentRefused naming the field, or the run under which the number stands already.
    """
    run = locked(run_id)
    number, text = number.strip(), text.strip()
    _refuse_wrong(number, issued_on, fen, level, text, on)
    if before := Voucher.objects.select_related("run").filter(number=number).first():
        raise PaymentRefused(
            f"凭证号{number}已经登记在{month_text(before.run.month)}批次：{before.issued_on}，{yuan_said(before.fen)}元；"
            "填错的请再登一张红字凭证冲掉"
        )
    was_open = has_open(run)
    made = Voucher.objects.create(
        run=run, division=run.division, number=number, issued_on=issued_on, fen=fen, level=level, text=text,
        officer=officer_name(),
    )  # fmt: skip
    note(run, "登记财政凭证", at, on=on, number=number, issued_on=str(issued_on), fen=fen, level=level)
    compare_again(run, was_open, on=on, at=at)
    return made
