"""墙的回答: what each check says of a spoiled county, with the row it names; and the figures, real and spoiled."""

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.audit.elsewhere import in_database
from opendibao.audit.queries import event, verify_chain
from opendibao.audit.session import acting
from opendibao.kernel.duties import Duty
from opendibao.kernel.ids import reach_of
from opendibao.kernel.month import month_text, parse_month
from opendibao.payment import tracing
from opendibao.payment.ledger import promises
from opendibao.payment.queries import Equation, equation
from opendibao.web.labels import TERMS
from opendibao.web.templatetags.figures import yuan

OFFICER = "沙箱核对"
HASH_SHOWN = 12
HOUSEHOLD, MONTH = re.compile(r"户(\S+) \d{4}-\d{2}$"), re.compile(r"\d{4}-\d{2}")


@dataclass(frozen=True)
class Wall:
    """A check and its answer: tone ok, warn or bad; the row it names, what that should be and is; a page of it."""

    promise: str
    tone: str
    row: str = ""
    should: str = ""
    now: str = ""
    href: str = ""


def answers(database: str, month: str) -> dict[str, Any]:
    """Every wall's answer in a spoiled county, as the state of the sandbox keeps it."""
    when = parse_month(month)
    with _as_county():
        real = equation(when)
    with in_database(database), _as_county():
        walls = [_chain(), *_rows(), _file(when), _equation(real, equation(when)), *_books()]
    order = ("bad", "warn", "ok")
    return {"walls": [asdict(wall) for wall in sorted(walls, key=lambda wall: order.index(wall.tone))]}


def _as_county() -> Any:
    return acting(OFFICER, reach_of(settings.OPENDIBAO_COUNTY), {Duty.AUDIT})


def _rows() -> Iterator[Wall]:
    """The way from the decision to the ledger, row by row."""
    found = tracing.mismatches()
    for key, step in tracing.STEPS.items():
        first = next((each for each in found if each.step == key), None)
        yield _mismatch(step.promise, first) if first else Wall(step.promise, "ok")


def _mismatch(promise: str, row: tracing.Mismatch) -> Wall:
    month = month_text(row.month)
    if row.household:
        named = _("%(month)s 户 %(household)s，发送 %(e2e)s")
        words = named % {"month": month, "household": row.household, "e2e": row.e2e}
        href = reverse("household", args=[row.household])
    else:
        words, href = _("%(month)s 的合计") % {"month": month}, reverse("pay-run", args=[month])
    return Wall(promise, "bad", words, yuan(row.should_fen), yuan(row.is_fen), href)


def _file(month: date) -> Wall:
    promise, file = _("再写一遍银行文件，与送出时的指纹相同"), tracing.sent_file(month)
    if file is None or file.is_same:
        return Wall(promise, "ok")
    href = reverse("pay-run", args=[month_text(month)])
    return Wall(promise, "bad", file.name, f"{file.noted[:HASH_SHOWN]}…", f"{file.now[:HASH_SHOWN]}…", href)


def _equation(real: Equation, spoiled: Equation) -> Wall:
    """The equation is made of lines, so that it holds of spoiled ones too: it shows a change without a decision."""
    promise, month = _("本月与上月的差都有来历"), month_text(spoiled.month)
    pairs = [(was, now) for was, now in zip(real.terms, spoiled.terms, strict=True) if was != now]
    if not pairs:
        return Wall(promise, "ok" if spoiled.holds else "bad")
    was, now = pairs[-1]
    words = _("%(month)s %(term)s：%(was)s 户变成 %(now)s 户，没有新的决定") % {
        "month": month, "term": TERMS[now.key], "was": was.households, "now": now.households,
    }  # fmt: skip
    tone = "warn" if spoiled.holds else "bad"
    return Wall(promise, tone, words, yuan(was.fen), yuan(now.fen), reverse("pay-term", args=[month, now.key]))


def _chain() -> Wall:
    promise, broken = _("审计链一环扣一环"), verify_chain().first_broken
    if broken is None:
        return Wall(promise, "ok")
    what = event(broken)
    said = f"：{what.action}，{what.subject}" if what else ""
    return Wall(promise, "bad", _("第 %(number)s 号事件") % {"number": broken} + said)


def _books() -> Iterator[Wall]:
    for promise, fault in promises():
        yield Wall(promise, "bad" if fault else "ok", fault, href=_page_of(fault))


def _page_of(fault: str) -> str:
    """A fault of the ledger names a household or a month; a booking has no page of its own."""
    if family := HOUSEHOLD.match(fault):
        return reverse("household", args=[family[1]])
    return reverse("pay-run", args=[fault]) if MONTH.fullmatch(fault) else ""
