"""A form that stands on a page of a run is sent as the browser would: to its address, with what it carries."""

import re
from html import unescape

from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange

from opendibao.registry.models import BankAccount
from tests.payment.builders import KNOWN_FROM, LONG_AGO, Family, family
from tests.web.conftest import Page
from tests.web.desk import Desk

FORM = re.compile(r'<form[^>]*action="([^"]*)"[^>]*>(.*?)</form>', re.S)
HIDDEN = re.compile(r'<input type="hidden" name="(key|seen)" value="([^"]*)">')


def forms(page: Page) -> dict[str, dict[str, str]]:
    """What each form of a page carries, by the address it is sent to."""
    found = FORM.findall(page.html.split("<main", 1)[1].split("</main>", 1)[0])
    return {unescape(address): {name: unescape(value) for name, value in HIDDEN.findall(html)}
            for address, html in found}  # fmt: skip


def presses(desk: Desk, page: str, step: str, /, **typed: str) -> Page:
    """Open a page, fill in its form of a step and send it."""
    found = forms(desk.reads(page))
    address = next((each for each in found if each.endswith(f"/{step}/")), "")
    assert address, (step, list(found))
    return desk.sends(address, **{**found[address], **typed})


def tidy(number: str, **more: object) -> Family:
    """A household in force in which no check finds anything: its account bears the name of its head."""
    home = family(number, has_account=False, **more)
    BankAccount.objects.create(
        household=home.household, division=home.division, holder=home.people[0].name, bank="农商银行",
        number=f"62{number}", valid=DateRange(LONG_AGO, None), recorded=DateTimeTZRange(KNOWN_FROM, None),
    )  # fmt: skip
    return home


def ticks(page: Page) -> list[str]:
    """The boxes of a list of findings, in its order."""
    return re.findall(r'name="findings" value="([^"]*)"', page.html)


def settles(desk: Desk, month: str, boxes: list[str], /, **typed: str) -> Page:
    """Tick findings and say what becomes of them."""
    page = desk.reads(f"/pay-runs/{month}/checks/")
    carried = forms(page)[f"/pay-runs/{month}/checks/settle/"]
    return desk.sends(f"/pay-runs/{month}/checks/settle/", **{**carried, "findings": boxes, **typed})  # type: ignore[arg-type]
