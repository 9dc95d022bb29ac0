"""The application page as a browser without script holds it: its fields, its buttons, its answers to a change."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape

from tests.web.conftest import Page, page_of
from tests.web.desk import Desk
from tests.web.intake.applying_family import HOME

INPUT = re.compile(r"<input ([^>]*)>")
SELECT = re.compile(r'<select [^>]*name="([^"]+)".*?</select>', re.S)
CHOSEN = re.compile(r'<option value="([^"]*)" selected>')
AREA = re.compile(r'<textarea [^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', re.S)
ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')


@dataclass
class Form:
    """The page as a browser without script holds it: every field with its value, and where it is sent."""

    desk: Desk
    page: Page
    typed: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        assert self.page.status in (200, 409, 422), self.page.words
        self.typed = dict(self._fields())

    @property
    def address(self) -> str:
        found = re.search(r'<form [^>]*id="application" action="([^"]+)"', self.page.html)
        assert found
        return found[1]

    def _fields(self) -> Iterator[tuple[str, str]]:
        form = self.page.html.split('id="application" action', 1)[1].split("</form>", 1)[0]
        for tag in INPUT.findall(form):
            given = dict(ATTRIBUTE.findall(tag))
            is_ticked = given.get("type") != "checkbox" or " checked" in f" {tag}"
            if "name" in given and is_ticked and given.get("type") != "file":
                yield given["name"], unescape(given.get("value", ""))
        for found in SELECT.finditer(form):
            chosen = CHOSEN.findall(found[0])
            yield found[1], unescape(chosen[0]) if chosen else ""
        for name, text in AREA.findall(form):
            yield name, unescape(text)

    def sends(self, act: str, **typed: str) -> "Form":
        """Press a button; the page that comes back."""
        page = self.posts(act, **typed)
        return Form(self.desk, self.desk.follows(page) if page.status == 303 else page)

    def posts(self, act: str, **typed: str) -> Page:
        return self.desk.sends(self.address, **{**self.typed, **_named(typed), "act": act})

    def live(self, **typed: str) -> Page:
        """What a change is answered with while one types."""
        given = {**self.typed, **_named(typed)}
        response = self.desk.client.post(self.address, given, headers={"HX-Request": "true"})
        return page_of(response)  # type: ignore[arg-type]


def opened(desk: Desk, ask: str = f"?household={HOME}") -> Form:
    return Form(desk, desk.reads(f"/applications/new/{ask}"))


def _named(typed: Mapping[str, str]) -> dict[str, str]:
    """`m0_name` as the page calls it: m0-name."""
    return {re.sub(r"^([misvxur]\d+)_", r"\1-", name): value for name, value in typed.items()}
