"""无障碍: axe-core finds nothing on any page, on a desk and on a phone, in usual and in large text."""

import importlib.util
import pathlib

import pytest

from tests.browser.conftest import Visitor
from tests.browser.test_pages import PAGES, three  # noqa: F401  (a fixture)

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


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(("width", "text"), [(1366, 100), (360, 100), (1366, 200)])
def test_axe_finds_nothing(visitor: Visitor, axe: str, width: int, text: int) -> None:
    visitor.page.set_viewport_size({"width": width, "height": 800})
    faults = []
    for address in PAGES:
        visitor.opens(address + ("&" if "?" in address else "?") + f"text={text}")
        visitor.page.evaluate(axe)
        faults += [f"{address} {one}" for one in visitor.page.evaluate(TOLD)]
    visitor.complaints[:] = [said for said in visitor.complaints if "404" not in said]

    assert faults == []


def test_axe_would_find_a_picture_without_words(visitor: Visitor, axe: str) -> None:
    visitor.opens("/leads/")
    visitor.page.evaluate(SPOIL)
    visitor.page.evaluate(axe)

    (fault,) = visitor.page.evaluate(TOLD)
    assert fault.startswith("image-alt")
