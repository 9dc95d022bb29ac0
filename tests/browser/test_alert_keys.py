"""预警的按键: a number opens the form it stands beside; nothing happens while somebody types."""

import pytest
from playwright.sync_api import Browser

from opendibao.verification.models import Alert
from opendibao.verification.rematch.answering import explain_alert
from opendibao.verification.rematch.running import start_rematch
from tests.browser.conftest import SITE, Server
from tests.registry.builders import COUNTY, FATHER, at, divisions
from tests.verification.delivered import row
from tests.verification.rematch.county import ON, brought, clerk, couple, run
from tests.web.desk import county_desk

pytestmark = pytest.mark.browser


@pytest.mark.usefixtures("county")
def test_a_warning_is_settled_by_keys_and_a_run_fits_a_small_phone(chromium: Browser) -> None:
    divisions()
    couple()
    brought("vehicles", row(FATHER, plate="赣Z1A234", kind="car", use="private", registered_on="2024-04-12"))
    run()
    alert = Alert.objects.get()
    with clerk():
        explain_alert(alert.pk, words="借名登记", on=ON, at=at(ON))
    start_rematch(COUNTY, is_monthly=False, on=ON, at=at(ON))
    server = Server()
    server.client.force_login(county_desk().officer)
    page = chromium.new_page(viewport={"width": 1366, "height": 800})
    page.route("**/*", server.answer)

    page.goto(f"{SITE}/alerts/{alert.pk}/")
    page.keyboard.press("2")
    page.wait_for_url(f"**/alerts/{alert.pk}/settle/false/")
    page.locator("textarea").press("1")
    assert page.url.endswith("/settle/false/")

    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(f"{SITE}/rematch/")
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    page.close()
