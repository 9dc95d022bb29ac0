"""Pages are read as the demonstration's viewer reads them: the client acts under the app's role, without sign-in."""

import re
from dataclasses import dataclass
from html import unescape

import pytest
from django.http import HttpResponse
from django.test import Client

TAGS, SPACE = re.compile(r"<[^>]+>"), re.compile(r"\s+")
LINKS = re.compile(r'<a[^>]*\shref="([^"]*)"[^>]*>(.*?)</a>', re.S)


def _words(html: str) -> str:
    return SPACE.sub(" ", unescape(TAGS.sub(" ", html))).strip()


@dataclass(frozen=True)
class Page:
    """A page that came back: what one reads, and where its links lead."""

    status: int
    html: str
    headers: dict[str, str]

    @property
    def words(self) -> str:
        return _words(self.html)

    @property
    def links(self) -> list[tuple[str, str]]:
        """(words, address) of all links in the page's main part."""
        main = self.html.split("<main", 1)[1]
        return [(_words(words), unescape(href)) for href, words in LINKS.findall(main)]

    def link(self, words: str) -> str:
        """Where the first link with these words leads."""
        return next(href for said, href in self.links if said == words)

    @property
    def totals(self) -> str:
        """The totals line of the main table."""
        return _words(self.html.rsplit('<tr class="sum">', 1)[1].split("</tr>", 1)[0])


class Reader:
    """Opens pages."""

    def __init__(self) -> None:
        self.client = Client(raise_request_exception=False)

    def __call__(self, address: str) -> Page:
        return page_of(self.client.get(address))  # type: ignore[arg-type]


def page_of(response: HttpResponse) -> Page:
    return Page(response.status_code, response.content.decode(errors="replace"), dict(response.headers))


@pytest.fixture
def read(county: None) -> Reader:
    """A reader for whom the county's tables are open as for the demonstration's viewer."""
    return Reader()
