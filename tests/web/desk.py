"""An officer at his desk: opens forms, fills them in and sends them, as his browser would."""

import re
from dataclasses import dataclass, field
from html import unescape

from django.test import Client

from opendibao.accounts.actions import create_officer
from opendibao.accounts.models import Officer
from opendibao.kernel.duties import Duty
from tests.payment.builders import COUNTY, LONG_AGO, at
from tests.web.conftest import Page, page_of

HIDDEN = re.compile(r'<input type="hidden" name="(key|seen)" value="([^"]*)">')
TOWN, OTHER_TOWN = "360429100000", "360429101000"
CLERK = (Duty.ACCEPT, Duty.SURVEY, Duty.REVIEW)


def hired(username: str, name: str, *, division: str = TOWN, duties: tuple[Duty, ...] = CLERK) -> Officer:
    """An officer of the county."""
    return create_officer(username, name, division=division, duties=duties, at=at(LONG_AGO))


@dataclass
class Desk:
    """A signed-in officer; a form is opened before it is sent, and may be sent again as it was opened."""

    officer: Officer
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))

    def __post_init__(self) -> None:
        self.client.force_login(self.officer)

    def reads(self, address: str) -> Page:
        return page_of(self.client.get(address))  # type: ignore[arg-type]

    def opens(self, address: str) -> dict[str, str]:
        """What the form carries along: its key and what was seen."""
        page = self.reads(address)
        assert page.status == 200, page.words
        return self.hidden(page)

    def hidden(self, page: Page) -> dict[str, str]:
        """What the form on a page carries along."""
        return {name: unescape(value) for name, value in HIDDEN.findall(page.html)}

    def sends(self, page: str, /, **typed: str) -> Page:
        """Send a form as it stands there."""
        return page_of(self.client.post(page, typed))  # type: ignore[arg-type]

    def does(self, page: str, /, **typed: str) -> Page:
        """Open a form, fill it in, send it."""
        return self.sends(page, **{**self.opens(page), **typed})

    def follows(self, page: Page) -> Page:
        """Where a form that was done leads."""
        assert page.status == 303, page.words
        return self.reads(page.headers["Location"])


def county_desk() -> Desk:
    """The county's officer who confirms; he sees every township."""
    return Desk(hired("county09", "李审核", division=COUNTY, duties=(Duty.CONFIRM,)))
