"""日期写法: days, times and amounts as papers write them; empty where there is none."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from opendibao.kernel.money import in_words, yuan_said

COUNTY_TIME = ZoneInfo("Asia/Shanghai")


def day(value: date | None) -> str:
    """2024年3月6日."""
    return f"{value.year}年{value.month}月{value.day}日" if value else ""


def month(value: date | None) -> str:
    """2024年4月."""
    return f"{value.year}年{value.month}月" if value else ""


def moment(value: datetime | None) -> str:
    """2024年3月6日9时5分, in Beijing time."""
    if value is None:
        return ""
    here = value.astimezone(COUNTY_TIME)
    return f"{day(here.date())}{here.hour}时{here.minute}分"


def yuan(fen: int | None) -> str:
    """1,378.00."""
    return "" if fen is None else yuan_said(fen)


def yuan_both(fen: int | None) -> str:
    """1,378.00元（壹仟叁佰柒拾捌元整）."""
    return "" if fen is None else f"{yuan_said(fen)}元（{in_words(fen)}）"
