"""批次的钱到了没有: whether the money of a run has come, in words, and where it is entered."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.budget import covering
from opendibao.budget.covering import Coverage
from opendibao.kernel.money import yuan_text
from opendibao.web.access import opens
from opendibao.web.context import today_in_county
from opendibao.web.labels import LEVELS
from opendibao.web.payment.run_asked import Run
from opendibao.web.remembering import WORK, remembered

coverage = remembered(WORK)(covering.coverage)
WAITING = ("computed", "checked", "reviewed", "approved")
"""States of a run whose money has not gone out."""


def covered(run: Run) -> Coverage:
    """Whether a run's money is there today."""
    return coverage(run.pk, on=today_in_county())


def lacks_money(run: Run) -> bool:
    """Whether a run waits for its money; one that is out does not."""
    return run.state in WAITING and not covered(run).is_covered


def short_said(found: Coverage) -> str:
    """What is missing: of all levels together, or level by level where none may advance what another lacks."""
    levels = _("、").join(
        _("%(level)s少 %(yuan)s 元") % {"level": LEVELS[row.level], "yuan": yuan_text(row.short_fen, grouped=True)}
        for row in found.shortfalls
    )
    if found.short_fen:
        whole = yuan_text(found.short_fen, grouped=True)
        return _("各级合计少 %(whole)s 元（%(levels)s）") % {"whole": whole, "levels": levels}
    return levels


def money_said(run: Run) -> str:
    """Whether the money of the run has come, by level."""
    found = covered(run)
    if not found.is_kept:
        return _("还没有登记，出盘前没有查资金够不够")
    if not found.shortfalls:
        return _("够本月发放")
    said = _("%(short)s，由其他级次到位的资金垫付") if found.is_covered else _("不够：%(short)s，不能出盘")
    return said % {"short": short_said(found)}


def remedy(run: Run) -> str:
    """What is missing and what to do about it, for who waits for the file."""
    said = _("到位资金不够：%(short)s。钱已经到的，登记到位资金；没有到的，请财政调度，到位以后再出盘。")
    return said % {"short": short_said(covered(run))}


def funds_page(request: HttpRequest, run: Run) -> str:
    """Where money is entered; "" for who does not see it."""
    page = reverse("funds")
    return f"{page}?year={run.month.year}" if opens(page, request.viewer) else ""  # type: ignore[attr-defined]
