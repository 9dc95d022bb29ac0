"""未交的表单: what was typed while the session ran out is carried through sign-in and given back once."""

import time
from collections.abc import Iterator
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.test import Client, override_settings
from django.urls import clear_url_caches

from opendibao.accounts.actions import create_officer
from opendibao.kernel.duties import Duty
from opendibao.web import kept, urls
from opendibao.web.access import page
from tests.registry.builders import TOWN, at, divisions
from tests.web.conftest import Page, page_of

PASSWORD = "月亮村口的老樟树-1998"
NASTY = '"><script>alert(1)</script>'


def echo(request: HttpRequest) -> HttpResponse:
    """A form that shows what was typed before."""
    return JsonResponse({"typed": kept.typed(request)})


@pytest.fixture(autouse=True)
def a_form(monkeypatch: pytest.MonkeyPatch, county: None) -> Iterator[None]:
    divisions()
    for username in ("clerk01", "clerk02"):
        create_officer(
            username, "王经办", division=TOWN, duties=[Duty.ACCEPT], at=at(date(2024, 1, 2)), password=PASSWORD
        )
    mine = page("form/", echo, "form", to=frozenset({Duty.ACCEPT}))
    closed = page("closed/", echo, "closed", to=frozenset({Duty.FINANCE}))
    monkeypatch.setattr(urls, "urlpatterns", [*urls.urlpatterns, mine, closed])
    clear_url_caches()
    with override_settings(OPENDIBAO_SYNTHETIC=False):
        yield
    clear_url_caches()


def expired(data: dict[str, object], address: str = "/form/", client: Client | None = None, **more: str) -> Page:
    """The answer to a form that arrives after its session has ended."""
    return page_of((client or Client()).post(address, data, **more))  # type: ignore[arg-type]


def token(shown: Page) -> str:
    return shown.html.split('name="kept" value="', 1)[1].split('"', 1)[0]


def signs_in(carried: str, username: str = "clerk01") -> tuple[Client, str]:
    client = Client()
    response = client.post("/sign-in/", {"login": username, "password": PASSWORD, "kept": carried})
    return client, response.headers.get("Location", "")


def test_it_is_said_that_what_was_typed_is_still_there() -> None:
    shown = expired({"note": "老人住院"})

    assert shown.status == 401
    assert "登录已过期" in shown.words
    assert "您填的内容还在" in shown.words
    assert 'name="login"' in shown.html


def test_after_sign_in_the_form_has_it_again_and_once() -> None:
    client, to = signs_in(token(expired({"note": ["老人住院", "子女外出"], "sum": "1,200.00"})))

    assert to == "/form/"
    assert client.get(to).json() == {"typed": {"note": ["老人住院", "子女外出"], "sum": ["1,200.00"]}}
    assert client.get(to).json() == {"typed": None}


def test_another_form_does_not_get_it() -> None:
    client, _ = signs_in(token(expired({"note": "老人住院"})))

    client.get("/")

    assert client.get("/form/").json()["typed"] == {"note": ["老人住院"]}


def test_one_is_led_to_the_page_the_form_stood_on() -> None:
    shown = expired({"note": "x"}, HTTP_REFERER="http://testserver/form/?year=2024")

    client, to = signs_in(token(shown))

    assert to == "/form/?year=2024"
    assert client.get(to).json()["typed"] == {"note": ["x"]}


@pytest.mark.parametrize("referer", ["https://evil.example/form/", "//evil.example/", "javascript:alert(1)"])
def test_but_to_no_other_site(referer: str) -> None:
    assert signs_in(token(expired({"note": "x"}, HTTP_REFERER=referer)))[1] == "/form/"


def test_passwords_and_the_forms_own_token_are_not_carried() -> None:
    shown = expired({"csrfmiddlewaretoken": "t", "password": "p", "new_Password2": "q", "note": "x"})

    client, to = signs_in(token(shown))

    assert client.get(to).json()["typed"] == {"note": ["x"]}


def test_files_are_named_to_be_chosen_again() -> None:
    shown = expired({"note": "x", "photo": SimpleUploadedFile("门前<b>.jpg", b"\xff\xd8")})

    assert "这些文件要重新选择：" in shown.words
    assert "门前&lt;b&gt;.jpg" in shown.html


def test_what_is_too_large_is_said_to_be_lost() -> None:
    import secrets

    shown = expired({"note": secrets.token_hex(70_000)})

    assert shown.status == 401
    assert "您填的内容太多，没能带过来" in shown.words
    assert 'name="kept"' not in shown.html


def test_a_wrong_password_does_not_lose_it() -> None:
    carried = token(expired({"note": "x"}))

    again = page_of(Client().post("/sign-in/", {"login": "clerk01", "password": "错", "kept": carried}))  # type: ignore[arg-type]
    client, to = signs_in(token(again))

    assert "您填的内容还在" in again.words
    assert client.get(to).json()["typed"] == {"note": ["x"]}


@pytest.mark.parametrize("forged", ["", "x", "eyJh:1:2", "x" * 70_000])
def test_what_we_did_not_sign_is_worth_nothing(forged: str) -> None:
    client, to = signs_in(forged)

    assert to == "/today/"
    assert client.get("/form/").json() == {"typed": None}


def test_nor_is_what_is_older_than_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    carried, now = token(expired({"note": "x"})), time.time()
    monkeypatch.setattr(time, "time", lambda: now + 3601)

    assert kept.opened(carried) is None


def test_another_site_can_lay_nothing_down() -> None:
    shown = expired({"note": NASTY}, client=Client(enforce_csrf_checks=True))

    assert shown.status == 403
    assert "页面开得太久" in shown.words
    assert "kept" not in shown.html


def test_what_was_typed_never_becomes_markup() -> None:
    assert NASTY not in expired({"note": NASTY, NASTY: "x"}, address="/form/?" + "q=" + NASTY).html


def test_who_may_not_open_the_page_does_not_see_it() -> None:
    client, to = signs_in(token(expired({"note": "秘密"}, address="/closed/")))

    answer = page_of(client.get(to))  # type: ignore[arg-type]
    assert answer.status == 403
    assert "秘密" not in answer.html


def test_a_part_of_a_page_is_answered_with_the_whole_sign_in_page() -> None:
    response = Client().post("/form/", {"note": "x"}, headers={"HX-Request": "true"})

    assert (response.status_code, response.headers["HX-Retarget"]) == (200, "body")
    assert "您填的内容还在" in response.content.decode()


def test_a_question_in_a_part_of_a_page_leads_the_whole_page_to_sign_in() -> None:
    response = Client().get("/form/?a=1", headers={"HX-Request": "true"})

    assert response.headers["HX-Redirect"] == "/sign-in/?next=%2Fform%2F%3Fa%3D1"


@override_settings(OPENDIBAO_SYNTHETIC=True)
def test_in_the_demonstration_only_who_was_signed_in_has_something_to_keep() -> None:
    visitor, clerk = Client(), Client()
    clerk.post("/sign-in/", {"login": "clerk01", "password": PASSWORD})
    clerk.session.flush()

    assert "只能查看" in expired({"note": "x"}, client=visitor).words
    assert "您填的内容还在" in expired({"note": "x"}, client=clerk).words
