"""出错页: what went wrong in plain words and the way on; never a stack trace, never a stranger's text as markup."""

from collections.abc import Iterator

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from opendibao.web import urls
from tests.payment.builders import family
from tests.web.conftest import Reader, page_of

NASTY = "<script>alert('低保')</script>"


def broken_view(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError(NASTY)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/?year=二零二四", "不是年度，应写成 2024 这样"),
        ("/?year=99999999999999999999", "不是年度"),
        ("/rows/paid/?month=2024-13", "不是月份，应写成 2024-05 这样"),
        ("/rows/paid/?division=36042", "不是区划代码，应为 12 位数字"),
        ("/rows/paid/?area=space", "不是城乡类别"),
        ("/rows/households/?year=2024&page=2", "没有第“2”页，共 1 页"),
        ("/rows/households/?page=-1", "没有第“-1”页"),
        ("/rows/households/?page=999999999999", "没有第“999999999999”页"),
        ("/rows/households/?page=１", "没有第“１”页"),
        ("/search?q=" + "王" * 61, "要找的字太多"),
        ("/search?q=%00", "看不见的控制字符"),
        ("/households/a%00b/", "看不见的控制字符"),
    ],
)
def test_a_bad_question_is_answered_in_words(read: Reader, address: str, words: str) -> None:
    page = read(address)
    assert page.status == 400
    assert words in page.words
    assert "全县一页" in page.words


@pytest.mark.parametrize(
    "address",
    [
        "/nowhere", "/rows/nothing/", "/households/999999-99999/", "/pay-runs/2024-01/", "/pay-runs/x/",
        "/reports/2024/..%2f..%2fetc%2fpasswd", "/figures/none/", "/opening/77/",
    ],
)  # fmt: skip
def test_what_is_not_there_is_said_without_saying_why(read: Reader, address: str) -> None:
    page = read(address)
    assert page.status == 404
    assert "没有这一页" in page.words


def test_the_demonstration_only_reads(county: None) -> None:
    page = page_of(Client(raise_request_exception=False).post("/"))  # type: ignore[arg-type]
    assert page.status == 403
    assert "只能查看" in page.words


@override_settings(OPENDIBAO_SYNTHETIC=False)
def test_without_the_demonstration_nobody_reads_without_signing_in(county: None) -> None:
    page = page_of(Client().get("/rows/paid/?year=2024"))  # type: ignore[arg-type]
    assert page.status == 302
    assert page.headers["Location"] == "/sign-in/?next=%2Frows%2Fpaid%2F%3Fyear%3D2024"


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A page that fails."""
    from django.urls import clear_url_caches

    monkeypatch.setattr(urls, "urlpatterns", [*urls.urlpatterns, path("broken", broken_view)])
    clear_url_caches()
    yield
    clear_url_caches()


def test_our_own_fault_is_said_without_a_trace(read: Reader, broken: None) -> None:
    page = read("/broken")
    assert page.status == 500
    assert "系统出了错" in page.words
    assert "ZeroDivision" not in page.html
    assert "alert" not in page.html


def test_names_are_text_and_never_markup(read: Reader) -> None:
    made = family("A1")
    made.people[0].name = NASTY
    made.people[0].save(update_fields=["name"])
    for address in ("/rows/persons/?year=2024", "/households/A1/", "/search?q=A", "/search?q=" + NASTY):
        page = read(address)
        assert page.status == 200
        assert NASTY not in page.html
        assert page.html.count("<script") == read("/outreach/").html.count("<script")  # our own files


def test_the_words_of_a_bad_question_are_text_too(read: Reader) -> None:
    page = read("/?year=" + NASTY)
    assert page.status == 400
    assert NASTY not in page.html
