"""办事: forms filled in with the keyboard, faults that take the focus, nothing wider than the screen."""

import os
from collections.abc import Iterator
from datetime import date

import pytest

from opendibao.outreach.actions import answer_ticket, open_ticket
from opendibao.outreach.models import HotlineTicket
from tests.browser.conftest import Visitor
from tests.payment.builders import VILLAGE, at, divisions, family
from tests.web.desk import hired

FORMS = ("/hotline/new/", "/leads/new/", "/households/A1/account/", "/households/A1/place/")
WIDTHS = (320, 360, 768, 1366)
MONDAY = date(2025, 1, 6)


REFUSED = ("status of 422", "status of 409")


@pytest.fixture
def clerk(visitor: Visitor) -> Iterator[Visitor]:
    """The visitor is a clerk of the township; that a form comes back is no complaint."""
    divisions()
    family("A1", persons=2)
    visitor.server.client.force_login(hired("clerk92", "王经办"))
    yield visitor
    visitor.complaints[:] = [said for said in visitor.complaints if not any(part in said for part in REFUSED)]


def picture(visitor: Visitor, name: str) -> None:
    """A picture to look at, where somebody asks for it."""
    if folder := os.environ.get("OPENDIBAO_PICTURES"):
        visitor.page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def sized(visitor: Visitor, width: int) -> None:
    visitor.page.set_viewport_size({"width": width, "height": 768})


def test_a_ticket_is_registered_with_the_keyboard_alone(clerk: Visitor) -> None:
    keys = clerk.page.keyboard
    clerk.opens("/hotline/")
    clerk.page.get_by_role("link", name="登记工单").press("Enter")
    clerk.page.get_by_label("工单号").focus()

    keys.type("热1")
    for arrows in (2, 1, 2):  # place, kind, signed or not: the first option asks to choose
        keys.press("Tab")
        for _ in range(arrows):
            keys.press("ArrowDown")
    for _ in range(8):  # over the parts of the day, which is today's
        if clerk.focus == "id_summary":
            break
        keys.press("Tab")
    keys.type("问怎么申请")
    keys.press("Tab")
    keys.press("Enter")

    assert "已登记工单 热1" in clerk.page.locator(".callout.ok").inner_text()
    picture(clerk, "done")
    made = HotlineTicket.objects.get()
    assert (made.division, made.kind, made.is_named, made.summary) == (VILLAGE, "question", False, "问怎么申请")


def test_the_faults_take_the_focus_and_lead_to_their_fields(clerk: Visitor) -> None:
    clerk.opens("/hotline/new/")
    clerk.page.get_by_role("button", name="登记工单").press("Enter")
    clerk.page.wait_for_selector(".callout.bad")

    assert clerk.page.evaluate("document.activeElement.classList.contains('bad')")
    clerk.page.get_by_role("link", name="请填写“工单号”").press("Enter")
    assert clerk.focus == "id_number"


@pytest.mark.parametrize("address", FORMS)
def test_a_form_fits_every_screen_empty_and_with_faults(clerk: Visitor, address: str) -> None:
    for width in WIDTHS:
        sized(clerk, width)
        clerk.opens(address)
        assert clerk.overflow == 0
        picture(clerk, f"{address.strip('/').replace('/', '-')}-{width}")
    clerk.opens(f"{address}?text=200")
    assert clerk.overflow == 0
    clerk.opens(f"{address}?text=100")
    sized(clerk, 360)
    if clerk.page.locator("#id_phone").count():
        clerk.page.locator("#id_phone").fill("找村长")
    clerk.page.locator("form.act-form button").press("Enter")
    clerk.page.wait_for_selector(".callout.bad")
    assert clerk.overflow == 0
    picture(clerk, f"{address.strip('/').replace('/', '-')}-faults")


def test_on_a_phone_whatever_is_touched_is_large_enough(clerk: Visitor) -> None:
    sized(clerk, 360)
    for address in FORMS:
        clerk.opens(address)
        for control in clerk.page.locator("main .in, main .act").all():
            box = control.bounding_box()
            assert box
            assert box["height"] >= 44


@pytest.mark.parametrize("width", [360, 1366])
def test_who_comes_second_reads_who_was_first_beside_what_he_typed(clerk: Visitor, width: int) -> None:
    sized(clerk, width)
    open_ticket(
        VILLAGE, number="T1", kind="report", is_named=True, received_on=MONDAY, summary="邻居有车", at=at(MONDAY)
    )
    clerk.opens("/hotline/T1/answer/")
    answer_ticket("T1", answer="已核查，车是代步车", on=MONDAY, at=at(MONDAY))

    clerk.page.get_by_label("答复内容").fill("我来答复")
    clerk.page.get_by_role("button", name="答复").press("Enter")
    clerk.page.wait_for_selector(".faster")

    assert clerk.page.evaluate("document.activeElement.classList.contains('faster')")
    said = clerk.page.locator(".faster").inner_text()
    assert "张经办" in said
    assert "已核查，车是代步车" in said
    assert clerk.page.get_by_label("答复内容").input_value() == "我来答复"
    assert clerk.overflow == 0
    picture(clerk, f"conflict-{width}")


def test_the_button_rests_after_the_first_press(clerk: Visitor) -> None:
    clerk.opens("/leads/new/")
    button = clerk.page.locator("form.act-form button")
    clerk.page.evaluate("document.querySelector('form.act-form').addEventListener('submit', e => e.preventDefault())")

    button.press("Enter")

    clerk.page.wait_for_function("document.querySelector('form.act-form button').disabled")
    assert button.inner_text() == "正在保存……"


@pytest.mark.parametrize("width", [360, 1366])
def test_the_ways_to_the_forms_fit_their_pages(clerk: Visitor, width: int) -> None:
    sized(clerk, width)
    open_ticket(
        VILLAGE, number="T1", kind="report", is_named=True, received_on=MONDAY, summary="邻居有车", at=at(MONDAY)
    )
    for address in ("/hotline/", "/leads/", "/households/A1/"):
        clerk.opens(address)
        assert clerk.overflow == 0
        picture(clerk, f"way-{address.strip('/').replace('/', '-')}-{width}")
