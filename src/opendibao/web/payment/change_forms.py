"""变动填写: what is typed when money is ordered, suspended, claimed or given back; amounts are counted, not typed.

The one sum that is typed is what a family paid in cash, as its receipt says, and what was agreed with it.
"""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.kernel.money import NotMoney, yuan
from opendibao.kernel.month import NotAMonth, parse_month
from opendibao.web.act_fields import ActForm, Label, Pick, Words
from opendibao.web.labels import RECOVERY_CAUSES, RETURN_WAYS

MOST, RECEIPT, SHORT = 200, 40, 20
SAID_MONTH = re.compile(r"([0-9]{4})\s*\D\s*([0-9]{1,2})\s*\D?")


class MonthWords(Words):
    """A month as 2025-01; 2025年1月 and the like are read as well."""

    def __init__(self, label: Label, hint: Label = "") -> None:
        super().__init__(label, SHORT, hint=hint or gettext_lazy("写成 2025-01 这样"))

    def clean(self, value: object) -> object:
        """The first day of the month. Raises ValidationError naming the field."""
        said = str(super().clean(value)).strip()
        found = SAID_MONTH.fullmatch(unicodedata.normalize("NFKC", said))
        try:
            return parse_month(f"{found[1]}-{int(found[2]):02}" if found else said)
        except NotAMonth:
            raise ValidationError(_("“%(label)s”应写成 2025-01 这样") % {"label": self.label}) from None


def _fen(said: str, label: Label) -> int:
    """In fen, more than nothing. Raises ValidationError naming the field."""
    try:
        found = yuan(said.replace(",", "").replace("，", ""))
    except NotMoney:
        found = 0
    if found <= 0:
        raise ValidationError(_("“%(label)s”应是大于零、最多两位小数的数，如 150.00") % {"label": label})
    return found


class SupplementForm(ActForm):
    """For which month, and why it was not on its list."""

    month = MonthWords(gettext_lazy("补发哪个月"))
    cause = Words(gettext_lazy("事由"), MOST, rows=2, hint=gettext_lazy("写明为什么当月没有发，依据是什么"))


class SuspensionForm(ActForm):
    """From which month, and why."""

    first_month = MonthWords(gettext_lazy("从哪个月起暂停"))
    cause = Words(gettext_lazy("暂停事由"), MOST, rows=2, hint=gettext_lazy("写明在查什么"))


class ClaimForm(ActForm):
    """From which month too much was paid, and why."""

    since_month = MonthWords(gettext_lazy("从哪个月起多发"), gettext_lazy("写成 2025-01 这样；情况变化的下一个月"))
    cause = Pick(gettext_lazy("追缴事由"), RECOVERY_CAUSES)
    words = Words(gettext_lazy("情况说明"), MOST, rows=2, hint=gettext_lazy("写明查到什么、依据是什么"))


class CashForm(ActForm):
    """A receipt as it is written."""

    receipt = Words(gettext_lazy("收据号"), RECEIPT)
    yuan = Words(gettext_lazy("退回金额（元）"), SHORT, hint=gettext_lazy("收据上的数，如 150.00"))

    def clean_yuan(self) -> int:
        """In fen."""
        return _fen(self.cleaned_data["yuan"], self.fields["yuan"].label or "")


class WayForm(ActForm):
    """How the family gives back."""

    way = Pick(gettext_lazy("退回方式"), RETURN_WAYS)
    monthly = Words(
        gettext_lazy("约定每月退多少（元）"), SHORT, needed=False,
        hint=gettext_lazy("（选填）分月退的填；现金不填就在期限以前一次退清，抵扣不填就按比例上限"),
    )  # fmt: skip

    def clean_monthly(self) -> int | None:
        """In fen; None where nothing was agreed."""
        said = self.cleaned_data["monthly"]
        return _fen(said, self.fields["monthly"].label or "") if said else None


class HardshipForm(ActForm):
    """Why the family cannot give back."""

    cause = Words(gettext_lazy("困难情况"), MOST, rows=2, hint=gettext_lazy("写明家里的困难，附什么证明"))
