"""改坏一笔: offered in the demonstration alone and told step by step; what cannot be done is refused in words."""

import pathlib

import pytest
from django.db import connection
from django.test import Client

from opendibao.accounts.models import Officer
from opendibao.config.sandbox import STEPS, State
from opendibao.web.sandbox_session import KEY, sandbox
from tests.payment.builders import family
from tests.payment.months import JANUARY, paid
from tests.web.conftest import Page, page_of

READY = State("abc1", len(STEPS), seconds=7, found={"spoiled": {"year": 2024, "event": 0}, "walls": []})
CONTROLS = ("make", "enter", "leave", "drop")


class Visitor:
    """Somebody at this very machine, before the demonstration that it serves."""

    def __init__(self) -> None:
        self.client = Client(raise_request_exception=False, SERVER_NAME="localhost")

    def opens(self, address: str, **headers: str) -> Page:
        return page_of(self.client.get(address, **headers))  # type: ignore[arg-type]

    def sends(self, address: str, **data: str) -> Page:
        return page_of(self.client.post(address, data))  # type: ignore[arg-type]

    def goes_in(self, token: str) -> None:
        """As if he had pressed the button when that sandbox was made."""
        session = self.client.session
        session[KEY] = token
        session.save()
        self.client.cookies["sessionid"] = str(session.session_key)

    @property
    def token(self) -> str:
        return str(self.client.session.get(KEY, ""))


@pytest.fixture
def visitor(county: None, settings: pytest.FixtureRequest, tmp_path: pathlib.Path) -> Visitor:
    settings.OPENDIBAO_DEMO_ROLES = True  # type: ignore[attr-defined]
    settings.VAR = tmp_path  # type: ignore[attr-defined]
    return Visitor()


@pytest.fixture
def january(county: None) -> None:
    family("A1", persons=3, fen=62000)
    paid(JANUARY)


@pytest.mark.usefixtures("county")
@pytest.mark.parametrize("address", ["", "progress", *CONTROLS])
def test_outside_the_demonstration_there_is_no_sandbox(address: str) -> None:
    client = Client(SERVER_NAME="localhost")
    send = client.post if address in CONTROLS else client.get

    assert send(f"/sandbox/{address}").status_code == 404


@pytest.mark.usefixtures("january")
def test_the_county_page_offers_it_in_the_demonstration_alone(
    visitor: Visitor, settings: pytest.FixtureRequest
) -> None:
    assert "改坏一笔" in visitor.opens("/?year=2024").words

    settings.OPENDIBAO_DEMO_ROLES = False  # type: ignore[attr-defined]
    assert "改坏一笔" not in visitor.opens("/?year=2024").words


def test_from_another_machine_it_is_not_offered(visitor: Visitor) -> None:
    assert visitor.opens("/sandbox/", REMOTE_ADDR="10.1.2.3").status == 404


@pytest.mark.parametrize("control", CONTROLS)
def test_an_act_is_sent_and_not_opened(visitor: Visitor, control: str) -> None:
    assert visitor.opens(f"/sandbox/{control}").status == 405


def test_the_page_says_what_can_be_done(visitor: Visitor) -> None:
    page = visitor.opens("/sandbox/")

    assert page.status == 200
    assert "改坏一笔发放" in page.words
    assert "改坏一条审计事件" in page.words


def test_before_the_first_payment_there_is_nothing_to_spoil(visitor: Visitor) -> None:
    page = visitor.sends("/sandbox/make", kind="payment")

    assert page.status == 409
    assert "还没有一笔到账" in page.words


@pytest.mark.usefixtures("january")
@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"kind": "nothing"}, "请选改坏一笔发放，或改坏一条审计事件"),
        ({"kind": "payment", "number": "C9"}, "没有首次就到账的发送“202401-C9-R-0-1”"),
        ({"kind": "payment", "number": "202401-A1-R-0-2"}, "没有首次就到账的发送“202401-A1-R-0-2”"),
        ({"kind": "event", "number": "<b>x"}, "没有首次就到账的发送“202401-<b>x-R-0-1”"),
    ],
)
def test_what_cannot_be_spoiled_is_refused_before_anything_is_copied(
    visitor: Visitor, data: dict[str, str], words: str
) -> None:
    page = visitor.sends("/sandbox/make", **data)

    assert page.status == 409
    assert words in page.words
    assert "<b>x" not in page.html
    assert sandbox().state() == State()


def test_while_it_is_made_the_page_says_how_far_it_is_and_asks_again(visitor: Visitor) -> None:
    with sandbox().alone():
        sandbox().note(State("abc1", 2))
        page, part = visitor.opens("/sandbox/"), visitor.opens("/sandbox/progress", HTTP_HX_REQUEST="true")

    assert "正在做，第 3 步，共 5 步" in page.words
    assert 'hx-get="/sandbox/progress"' in page.html
    assert "改坏一笔发放" not in page.words
    assert "第 3 步" in part.words
    assert "<html" not in part.html


def test_when_it_is_done_the_asking_leads_to_the_page(visitor: Visitor) -> None:
    sandbox().note(READY)

    assert visitor.opens("/sandbox/progress", HTTP_HX_REQUEST="true").headers["HX-Redirect"] == "/sandbox/"
    assert visitor.opens("/sandbox/progress").headers["Location"] == "/sandbox/"


@pytest.mark.usefixtures("january")
def test_who_presses_while_it_is_made_joins_who_was_first(visitor: Visitor) -> None:
    with sandbox().alone():
        sandbox().note(State("abc1", 1))
        answer = visitor.sends("/sandbox/make", kind="payment")

    assert (answer.status, answer.headers["Location"]) == (302, "/sandbox/")
    assert visitor.token == "abc1"


def test_what_failed_or_was_killed_is_told_and_can_be_tried_again(visitor: Visitor) -> None:
    sandbox().note(State("abc1", failed="磁盘只剩 3 MB"))
    assert "沙箱没有做成。 磁盘只剩 3 MB" in visitor.opens("/sandbox/").words

    sandbox().note(State("abc1", 2))  # and nobody holds it
    page = visitor.opens("/sandbox/").words
    assert "做到一半停了" in page
    assert "改坏一笔发放" in page


@pytest.mark.usefixtures("january")
def test_whose_sandbox_was_thrown_away_is_led_back_with_a_word(visitor: Visitor) -> None:
    visitor.goes_in("abc1")
    answer = visitor.opens("/?year=2024")
    assert (answer.status, answer.headers["Location"]) == (302, "/sandbox/?left=gone")

    assert "沙箱已经被扔掉了" in visitor.opens(answer.headers["Location"]).words
    assert visitor.opens("/?year=2024").status == 200


def test_whose_database_is_gone_is_led_back_too(visitor: Visitor) -> None:
    sandbox().note(READY)
    visitor.goes_in("abc1")

    assert visitor.opens("/").headers["Location"] == "/sandbox/?left=gone"
    assert "沙箱库已经不在了" in visitor.opens("/sandbox/").words


@pytest.mark.usefixtures("january")
def test_while_it_is_made_its_maker_still_sees_the_real_county(visitor: Visitor) -> None:
    visitor.goes_in("abc1")
    with sandbox().alone():
        sandbox().note(State("abc1", 1))
        assert visitor.opens("/?year=2024").status == 200


def test_inside_nothing_can_be_done(visitor: Visitor) -> None:
    sandbox().note(READY)
    visitor.client.force_login(_officer())
    visitor.goes_in("abc1")

    page = visitor.sends("/search", q="x")

    assert page.status == 403
    assert "沙箱里只能看，不能办理" in page.words
    assert "回到真的县" in page.words


def _officer() -> Officer:
    return Officer.objects.create(
        username="county09", name="县乙", division="360429000000", duties=["confirm", "pay"], is_active=True
    )


def test_going_in_and_out_is_kept_in_the_session(visitor: Visitor) -> None:
    sandbox().note(READY)

    visitor.sends("/sandbox/enter")
    assert visitor.token == "abc1"
    visitor.sends("/sandbox/leave")
    assert visitor.token == ""


def test_a_sandbox_that_is_being_made_is_not_thrown_away(visitor: Visitor) -> None:
    with sandbox().alone():
        sandbox().note(State("abc1", 1))
        answer = visitor.sends("/sandbox/drop")
        assert answer.headers["Location"] == "/sandbox/"
        assert sandbox().state().token == "abc1"


def test_the_sandbox_belongs_to_the_database_that_is_served(visitor: Visitor) -> None:
    assert sandbox().database("abc1") == f"{connection.settings_dict['NAME']}_sandbox_abc1"
