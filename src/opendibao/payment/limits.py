"""变动的参数: what of a month may be set off, how long a family has, and whether anybody checked these numbers."""

from dataclasses import dataclass
from datetime import date

from opendibao.policy.shares import WHOLE
from opendibao.rulemaking.queries import pack_in_force

SHARE, DAYS = "pay.offset_share", "pay.return_days"


@dataclass(frozen=True)
class ChangeLimits:
    """The share of a month's money that may be set off, in per cent, and the days in which money is given back.

    `…_is_verified`: whether the number was checked against its source.
    """

    share_percent: str
    share_is_verified: bool
    days: int
    days_are_verified: bool


def change_limits(on: date) -> ChangeLimits:
    """The limits of a day. Raises RuleGap where one is missing."""
    pack = pack_in_force()
    share, days = pack.row(SHARE, on), pack.row(DAYS, on)
    whole, rest = divmod(int(share.value) * 100, WHOLE)
    percent = f"{whole}.{rest * 100 // WHOLE:02}".rstrip("0").rstrip(".")
    return ChangeLimits(percent, share.is_verified, int(days.value), days.is_verified)
