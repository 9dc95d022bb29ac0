"""Print money, counts and days in templates; money comes in fen."""

import re
from datetime import date

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from opendibao.kernel.ids import mask_id_number
from opendibao.kernel.money import wan_yuan_text, yuan_text

register = template.Library()
MINUS = "−"
LONG_NUMBER = re.compile(r"\d{4,}")
FIRST_DAY, PIXELS_A_DAY, DAYS_WIDTH = 4, 10, 66  # the little calendar of a month begins after the 4th


@register.filter
def yuan(fen: int) -> str:
    """Fen as yuan with two decimals and thousands marks."""
    return yuan_text(fen, grouped=True).replace("-", MINUS)


@register.filter
def wan(fen: int) -> str:
    """Fen as 万元, two decimals, as the report prints it, with thousands marks."""
    whole, cents = wan_yuan_text(fen).split(".")
    return f"{int(whole):,}.{cents}".replace("-", MINUS) if whole != "-0" else f"{MINUS}0.{cents}"


@register.filter
def count(number: int) -> str:
    """A count with thousands marks."""
    return f"{number:,}".replace("-", MINUS)


@register.filter
def without_sign(number: int) -> int:
    """The amount alone; the sign stands before it as an operator."""
    return abs(number)


@register.filter
def grouped(text: str) -> str:
    """Thousands marks in a text of whole numbers."""
    return LONG_NUMBER.sub(lambda found: f"{int(found[0]):,}", text)


@register.filter
def day(value: date | None) -> str:
    """A day as 2024-05-09, a dash where there is none."""
    return f"{value:%Y-%m-%d}" if value else "—"


@register.filter
def month(value: date | None) -> str:
    """A month as 2024-05, a dash where there is none."""
    return f"{value:%Y-%m}" if value else "—"


@register.filter
def masked_id(text: str) -> str:
    """An id number with only its first six and last four places."""
    return mask_id_number(text)


@register.simple_tag
def booking_days(booked: date, due: date) -> SafeString:
    """The little picture of a month's first days: when the last money came (dot) and the due day (stroke)."""
    late = booked > due
    said = (
        _("%(month)s月%(day)s日到账，期限%(due_month)s月%(due_day)s日，逾期")
        if late
        else _("%(month)s月%(day)s日到账，期限%(due_month)s月%(due_day)s日")
    )
    words = said % {"month": booked.month, "day": booked.day, "due_month": due.month, "due_day": due.day}
    dot, stroke = _place(booked), _place(due)
    return format_html(
        '<svg viewBox="0 0 {} 12" class="days" role="img" aria-label="{}">'
        '<line x1="0" y1="6" x2="{}" y2="6" class="l"/>'
        '<circle cx="{}" cy="6" r="3.6" class="{}"/><line x1="{}" y1="0.5" x2="{}" y2="11.5" class="d"/></svg>',
        DAYS_WIDTH, words, dot, dot, "f-bad" if late else "f-ok", stroke, stroke,
    )  # fmt: skip


def _place(when: date) -> int:
    return min(max((when.day - FIRST_DAY) * PIXELS_A_DAY, 4), DAYS_WIDTH - 4)
