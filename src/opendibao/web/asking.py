"""What a page is asked for: year, day, month, place and area, read from the address and checked."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.utils.translation import gettext as _

from opendibao.kernel.ids import is_division
from opendibao.kernel.month import NotAMonth, month_text, parse_month
from opendibao.web.labels import AREAS

EARLIEST_YEAR, LATEST_YEAR = 2000, 2099


class BadQuestion(BadRequest):
    """The address asks for something that cannot be; the text says what and the remedy."""


@dataclass(frozen=True)
class Asked:
    """Year always; month, division (12 digits) and area only where the question names them."""

    year: int
    today: date
    month: date | None = None
    division: str = ""
    area: str = ""

    @property
    def as_of(self) -> date:
        """The last day of the year, or today while the year lasts."""
        return min(date(self.year, 12, 31), self.today)

    @property
    def when(self) -> str:
        """The year, or the month, in words."""
        if self.month is None:
            return _("%(year)s 年") % {"year": self.year}
        return _("%(year)s 年 %(month)s 月") % {"year": self.year, "month": self.month.month}

    def but(self, **changes: str) -> str:
        """The same question with some parts changed ("" drops one), as the tail of a link."""
        parts = {
            "year": str(self.year),
            "month": month_text(self.month) if self.month else "",
            "division": self.division,
            "area": self.area,
        }
        kept = {name: value for name, value in {**parts, **changes}.items() if value}
        return f"?{urlencode(kept)}"


def asked(request: HttpRequest, *, today: date, year: int) -> Asked:
    """Read the question; `year` is meant where none is named. Raises BadQuestion."""
    month = _month(request.GET.get("month", ""))
    division, area = request.GET.get("division", ""), request.GET.get("area", "")
    if division and not is_division(division):
        raise BadQuestion(_("“%(text)s”不是区划代码，应为 12 位数字") % {"text": division})
    if area and area not in AREAS:
        raise BadQuestion(_("“%(text)s”不是城乡类别，应为 rural（农村）或 urban（城镇）") % {"text": area})
    return Asked(_year(request.GET.get("year", ""), month, year), today, month, division, area)


def _month(text: str) -> date | None:
    if not text:
        return None
    try:
        return parse_month(text)
    except NotAMonth as refusal:
        raise BadQuestion(str(refusal)) from None


def _year(text: str, month: date | None, default: int) -> int:
    if not text:
        return month.year if month else default
    if not (text.isascii() and text.isdigit() and EARLIEST_YEAR <= int(text[:5]) <= LATEST_YEAR):
        raise BadQuestion(_("“%(text)s”不是年度，应写成 2024 这样") % {"text": text})
    return int(text)
