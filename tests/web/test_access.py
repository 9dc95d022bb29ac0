"""墙: made from the URL list: every page × every role × nobody × a clerk of a foreign township."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import URLPattern, clear_url_caches, path
from pytest_django import DjangoDbBlocker

from opendibao.accounts.actions import create_officer
from opendibao.accounts.models import Officer
from opendibao.audit.duties import NotYourDuty
from opendibao.demo import officers as demo
from opendibao.intake.actions import record_lead, submit_case
from opendibao.kernel.duties import Duty
from opendibao.outreach.actions import approve_post, open_ticket, record_publicity
from opendibao.registry.models import Person
from opendibao.web import urls
from opendibao.web.access import Policy, View, page, policy_of
from opendibao.web.rows import FIGURES
from opendibao.web.viewing import viewer_of_officer
from tests.payment.builders import COUNTY, FAR_VILLAGE, VILLAGE, Family, at, divisions, family
from tests.payment.months import JANUARY, paid
from tests.standing import standing
from tests.web.conftest import Page, page_of

TOWN, FAR_TOWN = "360429100000", "360429101000"
# what is open to everybody; a new page that is neither here nor has its duties fails the first test
DOORS = {
    "account_login", "mfa_authenticate", "account_logout", "take-role", "account", "account_change_password",
    "mfa_activate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "account_reauthenticate",
    "mfa_reauthenticate", "apply-online", "applied-online", "apply-status",
}  # fmt: skip
# what a page is asked with, by the name in its route; a page asked with something else fails
ASKED = {
    "key": "0" * 32, "year": "2024", "month": "2024-01", "term": "opening", "name": "figures.json",
    "figure_id": "households",
    "figure": "paid", "lead_id": "{lead}", "case_id": "{case}", "file_id": "1",
    "consent_id": "1", "online_id": "1", "letter_id": "1",
    "path": "standard.rural", "entity": "household", "rule_name": "gap_benefit", "purpose": "satisfaction",
    "unit_id": "1", "interview_id": "1", "change_id": "1", "code": "paid_in_full", "form": "family",
    "problem_id": "07", "goal_id": "1", "step_id": "1", "material_id": "1", "version": "1", "place": "counts",
    "finding": "W01",
    "kind": "self_evaluation", "ending": "pdf", "picture": "months",
    "archive_id": "1", "item_id": "1",
    "meeting_id": "1", "notice_id": "1", "objection_id": "1", "division": "360429100001",
    "attachment_id": "1", "sequence": "1",
    "matter": "order", "matter_id": "1", "step": "approve", "receivable_id": "1",
    "uprating_id": "1", "line_id": "1", "price_id": "1",
    "check": "dead", "arrival_id": "1", "hold_id": "1", "proxy_id": "1", "custody_id": "1", "paper_id": "1",
    "batch_id": "1", "match_id": "1", "decision_id": "1", "alert_id": "1", "rematch_id": "1", "truth": "true",
    "entry_id": "1", "referral_id": "1", "inquiry_id": "1",
    "bucket": "sent", "file_no": "1", "roster": "none", "paper": "none", "e2e": "202401-none-R-0-1",
    "exchange_id": "1", "delivery_id": "1", "source": "bank_deposits",
    "link_id": "1", "recheck_id": "1",
    "request_id": "1", "message_id": "1", "late_id": "1",
    "submission_id": "1", "question_id": "1", "rectification_id": "1",
}  # fmt: skip
NUMBERS = {"answer-ticket": "T-SECRET", "": "HIDDEN-A1"}
# account number and holder hold the household's number
SECRETS = (
    "欧阳隐泉", "隐泉村的线索", "隐泉村来电", "隐泉岗", "713.57", "813.57", "HIDDEN-A1", "T-SECRET",
    "复〔2024〕00001号",
)  # fmt: skip
PAGES = [pattern for pattern in urls.urlpatterns if policy_of(pattern.callback)]


def names(patterns: list[URLPattern]) -> list[str]:
    return [str(pattern.name) for pattern in patterns]


def policy(pattern: URLPattern) -> Policy:
    found = policy_of(pattern.callback)
    assert found
    return found


@dataclass
class Told:
    """A county where everything worth hiding lies in one township; `lead` and `case` are a lead and a case there."""

    family: Family
    lead: int
    case: int

    def address(self, pattern: URLPattern, figure: str = "") -> str:
        """Where a page of that township is."""
        route = str(pattern.pattern)
        for name, converter in pattern.pattern.converters.items():
            value = NUMBERS.get(str(pattern.name), NUMBERS[""]) if name == "number" else ASKED[name]
            value = (figure if name == "figure" and figure else value).format(lead=self.lead, case=self.case)
            route = route.replace(f"<{_kind(route, name)}:{name}>", value)
            assert converter.to_python(value) is not None
        return f"/{route}"


def _kind(route: str, name: str) -> str:
    return route.split(f":{name}>")[0].rsplit("<", 1)[1]


@pytest.fixture(scope="module")
def told_once(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Told]:
    with standing(django_db_blocker, _told) as made:
        yield made


@pytest.fixture
def told(told_once: Told, county: None) -> Told:
    """A family, a lead, a ticket, a publicity action and a post in one township, all named recognisably."""
    return told_once


def _told() -> Told:
    divisions()
    made = family("HIDDEN-A1", fen=71357, division=VILLAGE)
    family("B1", fen=10000, division=FAR_VILLAGE)
    Person.objects.filter(pk=made.people[0].pk).update(name="欧阳隐泉", initials="OYYQ")
    paid(JANUARY)
    day = date(2024, 12, 2)
    lead = record_lead(VILLAGE, source="grid", on=day, at=at(day), summary="隐泉村的线索")
    open_ticket(
        VILLAGE,
        number="T-SECRET",
        kind="question",
        is_named=False,
        received_on=day,
        summary="隐泉村来电",
        at=at(day),
    )
    record_publicity(TOWN, held_on=day, channel="talk", target_group="elderly", reached=813, at=at(day))
    approve_post(TOWN, title="隐泉岗", needed_since=day, due_on=date(2024, 12, 31), at=at(day))
    case = submit_case(made.household.pk, kind="review", channel="review", declared={}, on=day, at=at(day))
    return Told(made, lead.pk, case.pk)


ROLES = demo.USERNAMES | {"clerk01": "王经办", "clerk02": "张经办", "grid01": demo.GRID_WORKER}
PLACES = {"clerk01": TOWN, "clerk02": FAR_TOWN, "grid01": VILLAGE}


def officer(username: str) -> Officer:
    name = ROLES[username]
    duties = [Duty.SURVEY] if username == "grid01" else demo.DUTIES.get(name, demo.CLERK_DUTIES)
    return create_officer(username, name, division=PLACES.get(username, COUNTY), duties=duties, at=at(date(2023, 1, 2)))


def at_desk(who: Officer) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(who)
    return client


def read(client: Client, address: str) -> Page:
    return page_of(client.get(address))  # type: ignore[arg-type]


def test_every_page_says_whom_it_is_for_or_is_a_named_door() -> None:
    assert set(names(urls.urlpatterns)) - set(names(PAGES)) == DOORS
    assert all(policy(pattern).duties for pattern in PAGES)
    assert len(names(urls.urlpatterns)) == len(set(names(urls.urlpatterns)))


@pytest.mark.parametrize("pattern", PAGES, ids=names(PAGES))
class TestPage:
    def test_it_opens_to_the_roles_it_is_for_and_to_no_other(self, told: Told, pattern: URLPattern) -> None:
        opened, expected = {}, {}
        for username in ROLES:
            who = officer(username)
            answer = read(at_desk(who), told.address(pattern))
            assert answer.status < 500, answer.words
            opened[username] = answer.status != 403
            expected[username] = policy(pattern).opens_to(viewer_of_officer(who))
            if answer.status == 403:
                assert "打开这一页要有这些职责之一" in answer.words or "全县的数" in answer.words

        assert opened == expected

    def test_what_is_sent_to_it_is_taken_from_those_only_who_may_write(self, told: Told, pattern: URLPattern) -> None:
        taken, expected = {}, {}
        for username in ROLES:
            who = officer(username)
            viewer = viewer_of_officer(who)
            answer = page_of(at_desk(who).post(told.address(pattern)))  # type: ignore[arg-type]
            assert answer.status < 500, answer.words
            taken[username] = answer.status != 403
            expected[username] = policy(pattern).opens_to(viewer) and (viewer.may_write or policy(pattern).harmless)

        assert taken == expected

    def test_nobody_is_led_to_sign_in(self, told: Told, pattern: URLPattern) -> None:
        with override_settings(OPENDIBAO_SYNTHETIC=False):
            answer, sent = Client().get(told.address(pattern)), Client().post(told.address(pattern))

        assert (answer.status_code, answer.headers["Location"][:14]) == (302, "/sign-in/?next")
        assert sent.status_code == 401

    def test_a_clerk_of_another_township_reads_nothing_of_this_one(self, told: Told, pattern: URLPattern) -> None:
        stranger = at_desk(officer("clerk02"))
        secrets = (*SECRETS, told.family.people[0].id_number)

        for figure in FIGURES if "figure" in pattern.pattern.converters else [""]:
            address = told.address(pattern, figure)
            for asked in ("", "?year=2024", f"?division={TOWN}", f"?division={VILLAGE}&year=2024", "?month=2024-01"):
                answer = read(stranger, address + asked)
                found = [secret for secret in secrets if secret in answer.html.replace(address, "")]
                assert not found, (address + asked, answer.words)


NUMBERS_ASKED = {"number", "lead_id", "case_id", "file_id"}
NUMBERED = [pattern for pattern in PAGES if NUMBERS_ASKED & set(pattern.pattern.converters)]


@pytest.mark.parametrize("pattern", NUMBERED, ids=names(NUMBERED))
def test_what_is_asked_for_by_number_is_not_there_for_a_foreign_clerk(told: Told, pattern: URLPattern) -> None:
    stranger = officer("clerk02")

    answer = read(at_desk(stranger), told.address(pattern))

    assert answer.status == (404 if policy(pattern).opens_to(viewer_of_officer(stranger)) else 403)


def test_all_that_is_hidden_from_him_is_shown_to_others(told: Told) -> None:
    """Else the tests above would look for nothing."""
    own, county = at_desk(officer("clerk01")), at_desk(officer("county01"))
    read_by_own = "".join(read(own, told.address(pattern) + "?year=2024").html for pattern in PAGES)

    assert [s for s in SECRETS if s not in read_by_own] == ["813.57"]
    assert "813.57" in read(county, "/?year=2024").html


class TestSearch:
    @pytest.mark.parametrize("asked", ["欧阳隐", "oyyq", "HIDDEN", "东村", "镇100", "1234", "62HIDDEN", "1号"])
    def test_a_clerk_of_another_township_finds_nobody_of_this_one(self, told: Told, asked: str) -> None:
        tail = told.family.people[0].id_number[-4:]
        stranger = at_desk(officer("clerk02"))

        for words in (asked, tail):
            for headers in ({}, {"HX-Request": "true"}):
                html = stranger.get("/search", {"q": words}, headers=headers).content.decode()
                assert "欧阳隐泉" not in html
                assert "/households/HIDDEN-A1/" not in html

    def test_his_own_clerk_does(self, told: Told) -> None:
        html = at_desk(officer("clerk01")).get("/search", {"q": "欧阳隐泉"}).content.decode()

        assert "/households/HIDDEN-A1/" in html


class TestTotals:
    def test_each_sees_the_sum_of_what_he_sees(self, told: Told) -> None:
        sums = {
            username: read(at_desk(officer(username)), "/rows/paid/?year=2024").totals
            for username in ("clerk01", "clerk02", "county01")
        }

        assert "713.57" in sums["clerk01"]
        assert "100.00" in sums["clerk02"]
        assert "813.57" in sums["county01"]

    def test_the_first_page_is_named_after_what_its_figures_are_of(self, told: Told) -> None:
        assert '<h1><span class="w">镇101</span>' in read(at_desk(officer("clerk02")), "/?year=2024").html
        assert '<h1><span class="w">演示县' in read(at_desk(officer("county01")), "/?year=2024").html


class TestNavigation:
    @pytest.mark.parametrize(
        ("username", "shown", "hidden"),
        [
            ("clerk01", ["今日工作", "家庭", "发放"], ["绩效"]),
            ("grid01", ["今日工作", "家庭"], ["绩效", "发放"]),
            ("eval01", ["绩效", "发放"], ["建账上报"]),
            ("ops01", ["今日工作"], ["家庭", "发放", "绩效", "建账上报"]),
            ("head01", ["全县", "家庭", "发放", "绩效", "建账上报"], []),
        ],
    )
    def test_only_sections_one_may_open_are_shown(
        self, told: Told, username: str, shown: list[str], hidden: list[str]
    ) -> None:
        html = read(at_desk(officer(username)), "/account/").html
        bar = html.split('<nav class="mainnav"', 1)[1].split("</nav>", 1)[0]

        assert [word for word in shown if f">{word}<" not in bar] == []
        assert [word for word in hidden if f">{word}<" in bar] == []


class TestRefusal:
    def test_it_says_which_duty_is_needed_and_who_holds_it(self, told: Told) -> None:
        for username in ("county01", "fin01", "eval01"):
            officer(username)
        page = read(at_desk(officer("clerk01")), "/budget/")

        assert "打开这一页要有这些职责之一：审核确认、发放编制、财政审核、绩效评价" in page.words
        assert "演示县 李审核（审核确认、发放编制）" in page.words
        assert "您的职责：受理、入户调查、初审公示" in page.words

    def test_who_has_the_duty_for_a_part_only_is_told_so(self, told: Told) -> None:
        part = create_officer("x", "乡财政", division=TOWN, duties=[Duty.FINANCE], at=at(date(2023, 1, 2)))

        assert "这一页是全县的数" in read(at_desk(part), "/budget/").words


def no_duty(request: HttpRequest) -> HttpResponse:
    raise NotYourDuty("王经办没有这项职责，不能办理；要由负责财政审核的人办理")


def denied(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied("这个账号没有密码")


def no_database(request: HttpRequest) -> HttpResponse:
    raise OperationalError("connection to server at 10.1.2.3 failed: password=secret")


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Pages that refuse and fail."""
    views: dict[str, View] = {"no-duty": no_duty, "denied": denied, "no-database": no_database}
    more = [page(f"{name}/", view, name, to=frozenset(Duty)) for name, view in views.items()]
    monkeypatch.setattr(urls, "urlpatterns", [*urls.urlpatterns, *more, path("bare/", no_database)])
    clear_url_caches()
    yield
    clear_url_caches()


@pytest.mark.usefixtures("failing", "county")
class TestFailure:
    def test_an_actions_refusal_is_a_page_with_its_words(self) -> None:
        page = read(Client(), "/no-duty/")

        assert page.status == 403
        assert "要由负责财政审核的人办理" in page.words

    def test_so_is_a_views(self) -> None:
        assert "这个账号没有密码" in read(Client(), "/denied/").words

    @pytest.mark.parametrize("address", ["/no-database/", "/bare/"])
    def test_a_database_that_is_away_is_said_in_words(self, address: str) -> None:
        page = read(Client(raise_request_exception=False), address)

        assert page.status == 500
        assert "系统出了错" in page.words
        assert "secret" not in page.html

    def test_also_when_it_is_away_before_any_page_is_chosen(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def gone(*_: object) -> None:
            raise OperationalError("connection refused: password=secret")

        monkeypatch.setattr("opendibao.web.middleware.viewer_of", gone)
        page = read(Client(raise_request_exception=False), "/")

        assert page.status == 500
        assert "系统出了错" in page.words
        assert "secret" not in page.html

    def test_nothing_is_shown_of_the_settings(self) -> None:
        assert settings.DEBUG is False
