"""无障碍: axe-core finds nothing on any page, on a desk; and on no kind of page on a phone."""

import importlib.util
import pathlib

import pytest

from tests.browser.conftest import Visitor
from tests.browser.test_pages import each_page
from tests.browser.whole_site import OF_A_KIND, Addresses

pytestmark = pytest.mark.browser
TOLD = """() => axe.run(document, {resultTypes: ["violations"]}).then((found) =>
  found.violations.map((one) => one.id + "：" + one.nodes.map((node) => node.html.slice(0, 160)).join(" ¦ ")))"""
SPOIL = "document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=\"/static/web/icon.svg\">')"


@pytest.fixture(scope="module")
def axe() -> str:
    """The script of axe-core, as its Python package brings it along."""
    found = importlib.util.find_spec("axe_playwright_python")
    assert found
    assert found.origin
    return (pathlib.Path(found.origin).parent / "axe.min.js").read_text("utf-8")


@pytest.mark.parametrize("width", [1366, 360])
def test_axe_finds_nothing(visitor: Visitor, site: Addresses, axe: str, width: int) -> None:
    visitor.page.set_viewport_size({"width": width, "height": 800})
    faults = []
    for address in each_page(visitor, _on_a_phone(site) if width == 360 else site):
        visitor.page.evaluate(axe)
        faults += [f"{address} {one}" for one in visitor.page.evaluate(TOLD)]
    assert faults == []


def _on_a_phone(site: Addresses) -> Addresses:
    """One page of each template, and a form."""
    return Addresses([address for address in site.seen if address in OF_A_KIND], ["/hotline/new/"], [])


def test_axe_would_find_a_picture_without_words(visitor: Visitor, axe: str) -> None:
    visitor.opens("/leads/")
    visitor.page.evaluate(SPOIL)
    visitor.page.evaluate(axe)

    (fault,) = visitor.page.evaluate(TOLD)
    assert fault.startswith("image-alt")
