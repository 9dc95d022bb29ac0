"""A real Chromium over the pages of a test's own county: its requests are answered by Django inside the test."""

from collections.abc import Iterator
from contextvars import copy_context
from pathlib import Path
from typing import ClassVar

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, Route, sync_playwright

from tests.browser.chromium import ARGUMENTS, need_chromium
from tests.browser.whole_site import Addresses, whole_site

SITE = "http://localhost"
PATIENCE_MS = 30_000  # where others use the processors too
ONWARD = '<meta http-equiv="refresh" content="0;url={}">'


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The browser; where there is none the tests are skipped, or fail when a browser is required.

    Its event loop runs in the tests' thread, which Django would take for asynchronous code: so it says it is safe,
    and the loop ends with the module.
    """
    path = need_chromium()
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


class Server:
    """Answers the browser's requests from inside the test: same connection, same transaction, same officer."""

    styles: ClassVar[dict[str, tuple[int, dict[str, str], bytes]]] = {}
    """Style sheet and scripts, which are the same for every page."""

    def __init__(self) -> None:
        self.client = Client(raise_request_exception=False)
        # Django keeps its connection in the context that opened it; the browser calls from another one
        self.context = copy_context()

    def answer(self, route: Route) -> None:
        asked = route.request
        kind = asked.headers.get("content-type", "application/octet-stream")
        htmx = {name: value for name, value in asked.headers.items() if name.startswith("hx-")}
        if asked.url in self.styles:
            status, headers, body = self.styles[asked.url]
        else:
            status, headers, body = self.context.run(
                self._response, asked.method, asked.url, asked.post_data_buffer or b"", kind, htmx
            )  # fmt: skip
        if asked.url.startswith(f"{SITE}/static/"):
            self.styles[asked.url] = (status, headers, body)
        if location := headers.get("Location"):  # the browser would follow a redirect past us
            status, headers, body = 200, {"Content-Type": "text/html"}, ONWARD.format(location).encode()
        route.fulfill(status=status, headers=headers, body=body)

    def _response(
        self, method: str, url: str, data: bytes, kind: str, htmx: dict[str, str]
    ) -> tuple[int, dict[str, str], bytes]:
        response = self.client.generic(
            method, url.removeprefix(SITE), data, kind, headers=htmx, SERVER_NAME="localhost"
        )  # fmt: skip
        body = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
        return response.status_code, dict(response.headers), body


class Visitor:
    """Somebody at a screen; whatever the browser complains of is kept."""

    def __init__(self, page: Page, server: Server) -> None:
        self.page = page
        self.server = server
        self.complaints: list[str] = []
        page.on(
            "console", lambda said: self.complaints.append(said.text) if said.type in ("error", "warning") else None
        )
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def without_script(self) -> "Visitor":
        """The same visitor with a browser that runs no script."""
        browser = self.page.context.browser
        assert browser
        context = browser.new_context(java_script_enabled=False)
        context.route(f"{SITE}/**", self.server.answer)
        return Visitor(context.new_page(), self.server)

    def opens(self, address: str) -> None:
        self.page.goto(SITE + address)

    @property
    def overflow(self) -> int:
        """By how many pixels the page is wider than the screen."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))

    @property
    def focus(self) -> str:
        """Id of what has the focus, else its tag."""
        return str(self.page.evaluate("document.activeElement.id || document.activeElement.tagName"))


@pytest.fixture
def visitor(county: None, chromium: Browser) -> Iterator[Visitor]:
    """A visitor of the demonstration at a desk."""
    server = Server()
    context = chromium.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
    context.route(f"{SITE}/**", server.answer)
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    found = Visitor(page, server)
    yield found
    context.close()
    assert not found.complaints


@pytest.fixture
def site(county: None, tmp_path: Path) -> Addresses:
    """A county in which every page has rows."""
    return whole_site(tmp_path)
