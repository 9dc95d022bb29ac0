"""坏输入: what strangers write stays text on every page; what cannot be asked is refused in words, never a trace."""

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import quote

import pytest
from django.test import Client, override_settings
from django.urls import URLPattern

from opendibao.intake.models import Lead
from opendibao.outreach.models import HotlineTicket, Post, PublicityAction, TrainingSession
from opendibao.registry.actions import move_household
from opendibao.registry.entries import AccountEntry
from opendibao.registry.models import Division
from opendibao.web.urls import urlpatterns
from tests.payment.builders import LONG_AGO, VILLAGE, Family, at, divisions, family
from tests.payment.months import JANUARY, paid
from tests.registry.changed import changed
from tests.web.conftest import Page, Reader, page_of
from tests.web.desk import Desk, hired
from tests.web.test_acts_household import ACCOUNT, PLACE
from tests.web.test_every_page import PAGES

SCRIPT, IMAGE = "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>'
HOSTILE = (
    SCRIPT, IMAGE, "{{ 7*7 }}{% raw %}", "'; DROP TABLE registry_household; --", '=HYPERLINK("http://x","点我")',
    "+cmd|' /C calc'!A0", "@SUM(1)", '#eval("1") $x$ *b*', "javascript:alert(1)", "王\u202e英", "😀👨‍👩‍👧", "䶮𠮷",
)  # fmt: skip
DAY = date(2024, 3, 4)
PLACE_OF_A_ROUTE = re.compile(r"<[^>]+>")
TRACE = re.compile(r"Traceback|File &quot;|File \"/|django\.|psycopg|Error at /|Exception Type")


def plant(text: str) -> Family:
    """A family, its village and all that is noted of them carry one text wherever a text can be."""
    made = family("A1", persons=2)
    for person in made.people:
        person.name = text[:60]
        person.save(update_fields=["name"])
    Division.objects.filter(code=VILLAGE).update(name=text[:60])
    home = made.household.pk
    changed(home, AccountEntry(text[:60], text[:60], "62" * 8), on=DAY, at=at(DAY))
    move_household(home, division=VILLAGE, area="rural", address=text[:120], phone=text[:20], on=LONG_AGO, at=at(DAY))
    Lead.objects.create(division=VILLAGE, source="grid", found_on=DAY, summary=text[:200])
    HotlineTicket.objects.create(
        number=text[:24], division=VILLAGE, kind="report", is_named=True, received_on=DAY, due_on=DAY,
        summary=text[:200],
    )  # fmt: skip
    PublicityAction.objects.create(division=VILLAGE, held_on=DAY, channel="talk", target_group="all", reached=1)
    TrainingSession.objects.create(division=VILLAGE, held_on=DAY, topic=text[:80], sheet=text[:80])
    Post.objects.create(division=VILLAGE, title=text[:60], needed_since=DAY, due_on=DAY)
    return made


def is_harmless(page: Page, text: str) -> bool:
    """No markup of the text became markup of the page, and templates did not run it."""
    return not any(
        part in page.html for part in (SCRIPT, "<img src=x", 'href="javascript:', " onerror=alert(1)>")
    ) and ("{{" not in text or "49" not in re.findall(r">(49)\W", page.html))


@pytest.mark.parametrize("text", HOSTILE)
def test_what_is_written_of_a_family_stays_text_on_every_page(read: Reader, text: str) -> None:
    family("B1")
    paid(JANUARY)
    plant(text)
    clerk = Desk(hired("clerk91", text[:60]))

    for address in [*PAGES, f"/search?q={quote(text[:60])}"]:
        for page in (read(address), clerk.reads(address)):
            assert page.status in (200, 302, 403), address
            assert is_harmless(page, text), address


@pytest.mark.parametrize("text", HOSTILE)
def test_what_is_written_into_a_form_stays_text(county: None, text: str) -> None:
    plant(text)
    clerk = Desk(hired("clerk91", "王经办"))
    forms = ("/hotline/new/", "/leads/new/", f"/leads/{Lead.objects.get().pk}/contact/", ACCOUNT, PLACE)

    for form in forms:
        page = clerk.does(form, number=text, summary=text, holder=text, bank=text, address=text, household=text)
        assert page.status == 422, form
        assert is_harmless(page, text), form


@pytest.mark.parametrize("number", ["2019/001", "a b", "户?#%", "a//b", "..."])
def test_numbers_of_old_rosters_with_odd_signs_open_their_pages(read: Reader, number: str) -> None:
    family(number)
    HotlineTicket.objects.create(
        number=number, division=VILLAGE, kind="report", is_named=True, received_on=DAY, due_on=DAY, summary="x"
    )
    clerk = Desk(hired("clerk91", "王经办"))

    assert clerk.reads(clerk.reads("/rows/households/?year=2024").link(number)).status == 200
    assert clerk.reads(clerk.reads("/hotline/").link("答复")).status == 200
    for act in ("改正账户", "变更住址和电话"):
        assert clerk.reads(clerk.reads("/rows/households/?year=2024").link(number)).link(act)


def addresses() -> Iterator[tuple[str, str]]:
    """Every entry of the URL list with nonsense in its places: (route, address)."""
    nonsense = {
        "int": ("0", "99999999999999999999"), "str": ("无", "a%00b", "x" * 3000, "%ff%fe", "..%2f..%2fetc"),
        "slug": ("nothing", "x" * 3000), "path": ("无", "x" * 3000, "a/../b"),
    }  # fmt: skip
    for pattern in urlpatterns:
        if isinstance(pattern, URLPattern) and getattr(pattern.callback, "policy", None):
            route = str(pattern.pattern)
            places = re.findall(r"<(?:(\w+):)?\w+>", route)
            for number in range(5 if places else 0):
                filled = route
                for kind in places:
                    choices = nonsense.get(kind or "str", nonsense["str"])
                    filled = PLACE_OF_A_ROUTE.sub(choices[number % len(choices)], filled, count=1)
                yield route, f"/{filled}"


@pytest.mark.parametrize(("route", "address"), sorted(set(addresses())))
def test_what_nobody_knows_is_said_not_to_be_there(county: None, route: str, address: str) -> None:
    page = Desk(hired("clerk91", "王经办", division="360429000000")).reads(address)

    assert page.status in (400, 403, 404), address[:80]
    assert not TRACE.search(page.html)


QUESTIONS = (
    "page=0", "page=-1", "page=999999999999999999999", "page=abc", "page=%EF%BC%91", "page=1&page=2&page=x", "page=٣",
    "year=0000", "year=2024%00", "year=99999", "month=2024-13", "month=2024", "division=1", "division=' OR 1=1 --",
    "area=moon",
    "on=2024-02-30", "on=99999-01-01", "text=1000", "done=x", "q=" + "%25" * 3000, "x=" + "y" * 10_000, "q=%ED%A0%80",
    "month=2024-05&year=2023", "year[]=1", "year=" + "9" * 5000, "=", "&&&", "%", "page=1e3",
)  # fmt: skip


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_question_brings_a_page_down(read: Reader, question: str) -> None:
    family("A1")

    for address in PAGES:
        page = read(f"{address.split('?')[0]}?{question}")
        assert page.status in (200, 302, 400, 404), (address, page.status)
        assert not TRACE.search(page.html)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"])
def test_a_page_that_is_only_read_refuses_every_other_way_in_words(county: None, method: str) -> None:
    divisions()
    clerk = Desk(hired("clerk91", "王经办"))

    for address in ("/", "/hotline/", "/rows/households/"):
        page = page_of(clerk.client.generic(method, address))  # type: ignore[arg-type]
        assert page.status == 405
        assert "这一页只能看" in page.words
        assert page.headers["Allow"] == "GET, HEAD"


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_a_form_is_sent_by_its_button_and_in_no_other_way(county: None, method: str) -> None:
    divisions()
    page = page_of(Desk(hired("clerk91", "王经办")).client.generic(method, "/hotline/new/"))  # type: ignore[arg-type]

    assert page.status == 405
    assert page.headers["Allow"] == "GET, HEAD, POST"


def test_a_form_without_its_token_is_refused_in_words(county: None) -> None:
    divisions()
    clerk = Desk(hired("clerk91", "王经办"))
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    strict.force_login(clerk.officer)

    page = page_of(strict.post("/hotline/new/", {"number": "1"}))  # type: ignore[arg-type]

    assert page.status == 403
    assert "返回上一页" in page.words
    assert not HotlineTicket.objects.exists()


@override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=1000, DATA_UPLOAD_MAX_NUMBER_FIELDS=20)
@pytest.mark.parametrize("typed", [{"summary": "长" * 2000}, {f"f{n}": "" for n in range(30)}])
def test_too_large_a_form_is_refused_in_words(county: None, typed: dict[str, str]) -> None:
    divisions()
    page = Desk(hired("clerk91", "王经办")).sends("/hotline/new/", **typed)

    assert page.status in (400, 413)
    assert not TRACE.search(page.html)
    assert "什么都没有改动" in page.words


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"\xff\xfe=\xff&key=%ff%fe&number=%ED%A0%80", "application/x-www-form-urlencoded"),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
        (b"--x\r\nbroken", "multipart/form-data"),
        (b"{}", "application/json"),
        (b"key=1", "application/x-www-form-urlencoded; charset=utf-16"),
        (b"key=1", "application/x-www-form-urlencoded; charset=none"),
        (b"", ""),
    ],
)
def test_what_is_no_form_at_all_is_refused_in_words(county: None, body: bytes, kind: str) -> None:
    divisions()
    page = page_of(Desk(hired("clerk91", "王经办")).client.generic("POST", "/hotline/new/", body, kind))  # type: ignore[arg-type]

    assert page.status == 400
    assert not TRACE.search(page.html)
