"""数跟着变: the figures on the way from the year's total to one household, in the real county and in the sandbox."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.kernel.ids import township_of
from opendibao.kernel.month import parse_month
from opendibao.payment.queries import Booked
from opendibao.web.counted import division_names
from opendibao.web.templatetags.figures import wan, yuan


@dataclass(frozen=True)
class Turned:
    """A figure: where it stands, what it is in the real county and in the sandbox, and its rows."""

    where: str
    before: str
    after: str
    href: str

    @property
    def has_turned(self) -> bool:
        """Whether the sandbox says otherwise."""
        return self.before != self.after


def figures(spoiled: dict[str, Any], real: Booked, copied: Booked) -> Iterator[Turned]:
    """Total → month → township → village → household → decision; without a household the first two."""
    rows, year = reverse("rows", args=["paid"]), spoiled["year"]
    ask = f"{rows}?year={year}"
    yield Turned(_("全年（万元）"), wan(real.fen), wan(copied.fen), ask)
    yield Turned(_("全年（元）"), yuan(real.fen), yuan(copied.fen), ask)
    month, ask = parse_month(spoiled["month"]), f"{ask}&month={spoiled['month']}"
    was, now = real.within(month=month), copied.within(month=month)
    yield Turned(_("%(month)s 月") % {"month": month.month}, yuan(was.fen), yuan(now.fen), ask)
    if spoiled["division"]:
        names = division_names()
        for code in (township_of(spoiled["division"]), spoiled["division"]):
            fen = [yuan(each.within(division=code).fen) for each in (was, now)]
            yield Turned(names[code], fen[0], fen[1], f"{ask}&division={code}")
        yield from _household(spoiled)


def _household(spoiled: dict[str, Any]) -> Iterator[Turned]:
    home = reverse("household", args=[spoiled["household"]])
    before, after = yuan(spoiled["before_fen"]), yuan(spoiled["after_fen"])
    yield Turned(_("%(head)s 家这个月") % {"head": spoiled["head"] or spoiled["household"]}, before, after, home)
    yield Turned(_("决定写着"), before, before, f"{home}#why")
