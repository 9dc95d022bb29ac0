"""登录: password and one-time code, lock-out in words, one's own account, and the roles of the demonstration."""

import re
import time
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.sessions.models import Session
from django.db import connection
from django.http import HttpResponse
from django.test import Client, override_settings
from django.utils import timezone

from opendibao.accounts.actions import create_officer, reset_totp, unlock_officer
from opendibao.accounts.door import at_the_door
from opendibao.accounts.models import Officer
from opendibao.audit.models import Event
from opendibao.kernel.duties import Duty
from tests.conftest import ActAs
from tests.registry.builders import COUNTY, TOWN, at, divisions
from tests.web.conftest import Page, page_of

PASSWORD = "月亮村口的老樟树-1998"
NEW_YEAR = at(date(2024, 1, 2))
SECRET = re.compile(r'<b class="hash">([A-Z2-7 ]+)</b>')


@pytest.fixture(autouse=True)
def in_use() -> Iterator[None]:
    """The site of a county in use, where nobody looks without signing in."""
    with override_settings(OPENDIBAO_SYNTHETIC=False):
        yield


@pytest.fixture
def clerk(county: None) -> Officer:
    divisions()
    return create_officer(
        "clerk01", "王经办", division=TOWN, duties=[Duty.ACCEPT, Duty.SURVEY], at=NEW_YEAR, password=PASSWORD
    )


@pytest.fixture
def payer(county: None) -> Officer:
    divisions()
    return create_officer("county02", "周编制", division=COUNTY, duties=[Duty.PAY], at=NEW_YEAR, password=PASSWORD)


def browser(address: str = "10.1.2.3") -> Client:
    return Client(raise_request_exception=False, REMOTE_ADDR=address)


def signs_in(client: Client, username: str, password: str = PASSWORD, **more: str) -> HttpResponse:
    return client.post("/sign-in/", {"login": username, "password": password} | more)  # type: ignore[return-value]


def words(response: object) -> Page:
    return page_of(response)  # type: ignore[arg-type]


def code_of(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret.replace(" ", ""), int(time.time()) // 30)))


def actions() -> list[tuple[str, str, str]]:
    return list(
        Event.objects.exclude(action__in=["设岗", "登记区划"]).order_by("id").values_list("action", "actor", "division")
    )


class TestPassword:
    def test_the_right_password_leads_to_ones_first_page(self, clerk: Officer) -> None:
        client = browser()

        response = signs_in(client, "clerk01")

        assert (response.status_code, response.headers["Location"]) == (302, "/today/")
        assert "王经办" in words(client.get("/")).words

    def test_the_session_gets_a_new_key_and_ends_with_the_browser_or_half_an_hour(self, clerk: Officer) -> None:
        client = browser()
        client.get("/sign-in/")
        client.session.save()
        before = client.session.session_key

        response = signs_in(client, "clerk01")

        cookie = response.cookies["sessionid"]
        assert client.session.session_key != before
        assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", "")
        assert client.session.get_expiry_age() == 1800

    def test_a_wrong_password_is_said_beside_the_form_and_the_name_stays(self, clerk: Officer) -> None:
        page = words(signs_in(browser(), "clerk01", "月亮"))

        assert page.status == 200
        assert "用户名或密码不对" in page.words
        assert 'value="clerk01"' in page.html
        assert "月亮" not in page.html

    def test_a_name_nobody_bears_is_answered_the_same(self, clerk: Officer) -> None:
        assert "用户名或密码不对" in words(signs_in(browser(), "nobody")).words

    def test_who_left_does_not_come_in(self, clerk: Officer) -> None:
        Officer.objects.filter(pk=clerk.pk).update(is_active=False)

        assert "用户名或密码不对" in words(signs_in(browser(), "clerk01")).words

    def test_without_a_password_nobody_comes_in(self, county: None) -> None:
        create_officer("grid01", "曾网格", division=TOWN, duties=[Duty.SURVEY], at=NEW_YEAR)

        assert words(signs_in(browser(), "grid01", "")).status == 200
        assert words(signs_in(browser(), "grid01", "!")).status == 200

    def test_one_is_led_back_where_one_came_from(self, clerk: Officer) -> None:
        response = signs_in(browser(), "clerk01", next="/rows/paid/?year=2024")

        assert response.headers["Location"] == "/rows/paid/?year=2024"

    def test_who_asked_for_the_site_gets_his_own_first_page(self, clerk: Officer) -> None:
        assert signs_in(browser(), "clerk01", next="/").headers["Location"] == "/today/"

    def test_a_session_that_nobody_used_for_half_an_hour_has_ended(self, clerk: Officer) -> None:
        client = browser()
        signs_in(client, "clerk01")
        Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))

        assert client.get("/").headers["Location"] == "/sign-in/?next=%2F"

    def test_whoever_works_stays_signed_in(self, clerk: Officer) -> None:
        client = browser()
        signs_in(client, "clerk01")
        session = client.session
        session["seen"] = int(time.time()) - 61
        session.save()
        Session.objects.update(expire_date=timezone.now() + timedelta(minutes=1))

        client.get("/")

        assert Session.objects.get().expire_date > timezone.now() + timedelta(minutes=29)

    @pytest.mark.parametrize(
        "elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "http:///x"]
    )
    def test_but_never_out_of_the_site(self, clerk: Officer, elsewhere: str) -> None:
        response = signs_in(browser(), "clerk01", next=elsewhere)

        assert response.headers["Location"] == "/today/"

    def test_signing_out_is_a_button(self, clerk: Officer) -> None:
        client = browser()
        signs_in(client, "clerk01")

        assert client.get("/sign-out/").status_code == 405
        assert client.post("/sign-out/").status_code == 302
        assert client.get("/").headers["Location"] == "/sign-in/?next=%2F"

    def test_arrivals_failures_and_departures_are_on_record(self, clerk: Officer) -> None:
        client = browser()
        signs_in(client, "clerk01", "月亮")
        signs_in(client, "ghost", "月亮")
        signs_in(client, "clerk01")
        client.post("/sign-out/")

        assert actions() == [
            ("登录失败", "clerk01", TOWN),
            ("登录失败", "ghost", COUNTY),
            ("登录", "clerk01", TOWN),
            ("退出", "clerk01", TOWN),
        ]
        assert Event.objects.get(action="登录").payload == {"address": "10.1.2.3"}

    def test_the_form_takes_no_name_too_long_and_no_control_character(self, clerk: Officer) -> None:
        assert words(signs_in(browser(), "x" * 5000)).status == 200
        assert words(signs_in(browser(), "a\x00b")).status == 200
        assert actions() == []


class TestLock:
    def test_five_failures_lock_the_name_for_a_quarter_of_an_hour(self, clerk: Officer) -> None:
        create_officer("ops01", "江运行", division=COUNTY, duties=[Duty.OPERATE], at=NEW_YEAR)
        answers = [words(signs_in(browser(), "clerk01", "错")) for _ in range(5)]

        assert [page.status for page in answers] == [200, 200, 200, 200, 429]
        assert re.search(r"到 20\d\d-\d\d-\d\d \d\d:\d\d 自动解锁", answers[-1].words)
        assert "江运行" in answers[-1].words

    def test_the_right_password_does_not_help_then_not_from_elsewhere_either(self, clerk: Officer) -> None:
        for _ in range(5):
            signs_in(browser(), "clerk01", "错")

        assert signs_in(browser(), "clerk01").status_code == 429
        assert signs_in(browser("10.9.9.9"), "clerk01").status_code == 429

    def test_the_lock_is_one_event_and_knocking_on_adds_none(self, clerk: Officer) -> None:
        for _ in range(8):
            signs_in(browser(), "clerk01", "错")

        assert [action for action, _, _ in actions()] == ["登录失败"] * 5 + ["登录锁定"]

    def test_it_opens_again_by_itself(self, clerk: Officer) -> None:
        for _ in range(5):
            signs_in(browser(), "clerk01", "错")
        with at_the_door(), connection.cursor() as cursor:
            cursor.execute("UPDATE axes_accessattempt SET attempt_time = attempt_time - interval '16 minutes'")

        assert signs_in(browser(), "clerk01").status_code == 302

    def test_or_by_whoever_runs_the_system(self, clerk: Officer) -> None:
        for _ in range(5):
            signs_in(browser(), "clerk01", "错")
        unlock_officer("clerk01", at=NEW_YEAR)

        assert signs_in(browser(), "clerk01").status_code == 302

    def test_twenty_failures_lock_an_address_whatever_the_names(self, clerk: Officer) -> None:
        for n in range(20):
            signs_in(browser(), f"ghost{n}", "错")

        assert signs_in(browser(), "clerk01").status_code == 429
        assert signs_in(browser("10.9.9.9"), "clerk01").status_code == 302

    def test_signing_in_oneself_does_not_wipe_off_guesses_at_another(self, clerk: Officer) -> None:
        create_officer("clerk02", "李经办", division=TOWN, duties=[Duty.ACCEPT], at=NEW_YEAR, password=PASSWORD)
        for _ in range(4):
            signs_in(browser(), "clerk01", "错")
        signs_in(browser(), "clerk02")

        assert signs_in(browser(), "clerk01", "错").status_code == 429

    @override_settings(OPENDIBAO_PROXIES=1)
    def test_behind_our_own_proxy_the_visitor_is_counted_and_not_what_he_claims(self, clerk: Officer) -> None:
        for n in range(20):
            Client().post(
                "/sign-in/", {"login": f"ghost{n}", "password": "错"},
                REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR=f"1.2.3.{n}, 10.5.5.5",
            )  # fmt: skip

        assert signs_in(browser("127.0.0.1"), "clerk01").status_code == 302
        assert Event.objects.filter(action="登录锁定").count() == 1

    def test_passwords_are_in_no_table(self, clerk: Officer) -> None:
        signs_in(browser(), "clerk01", "月亮村的错密码")

        with at_the_door(), connection.cursor() as cursor:
            cursor.execute("SELECT string_agg(a::text, '') FROM axes_accessattempt a")
            assert "月亮村的错密码" not in cursor.fetchone()[0]


TOTP = frozenset({"confirm", "pay", "finance", "operate"})


class TestCodes:
    @pytest.fixture(autouse=True)
    def required(self) -> Iterator[None]:
        with override_settings(OPENDIBAO_TOTP_DUTIES=TOTP):
            yield

    def enrolled(self, client: Client) -> str:
        """Sign in and switch codes on; returns the secret."""
        signs_in(client, "county02")
        page = words(client.get("/account/totp/"))
        secret = SECRET.search(page.html)
        assert secret
        assert client.post("/account/totp/", {"code": code_of(secret[1])}).status_code == 302
        return secret[1]

    def test_who_pays_lands_on_the_activation_page_whatever_he_opens(self, payer: Officer) -> None:
        client = browser()
        signs_in(client, "county02")

        for address in ("/", "/pay-runs/", "/today/", "/households/A1/"):
            assert client.get(address).headers["Location"] == "/account/totp/"
        assert client.post("/hotline/new/").headers["Location"] == "/account/totp/"

    def test_the_page_has_a_square_that_the_content_policy_allows(self, payer: Officer) -> None:
        client = browser()
        signs_in(client, "county02")

        page = words(client.get("/account/totp/"))

        assert 'src="data:image/svg+xml;base64,' in page.html
        assert "img-src 'self' data:" in page.headers["Content-Security-Policy"]
        assert "先启用，才能办理" in page.words

    def test_who_does_not_handle_money_needs_none(self, clerk: Officer) -> None:
        client = browser()
        signs_in(client, "clerk01")

        assert client.get("/").status_code == 200

    def test_the_first_code_switches_them_on_and_the_recovery_codes_are_shown_once(self, payer: Officer) -> None:
        client = browser()
        self.enrolled(client)

        shown, again = words(client.get("/account/recovery-codes/")), words(client.get("/account/recovery-codes/"))

        assert len(re.findall(r"<li>\d{8}</li>", shown.html)) == 10
        assert not re.findall(r"<li>\d{8}</li>", again.html)
        assert client.get("/").status_code == 200
        assert ("启用动态口令", "county02", COUNTY) in actions()

    def test_a_wrong_first_code_switches_nothing_on(self, payer: Officer) -> None:
        client = browser()
        signs_in(client, "county02")
        client.get("/account/totp/")

        assert "动态口令不对" in words(client.post("/account/totp/", {"code": "000000"})).words
        assert client.get("/").headers["Location"] == "/account/totp/"

    def test_then_the_password_alone_lets_nobody_in(self, payer: Officer) -> None:
        self.enrolled(browser())
        client = browser()

        assert signs_in(client, "county02").headers["Location"] == "/sign-in/code/"
        assert client.get("/").headers["Location"] == "/sign-in/?next=%2F"

    def test_a_code_is_good_once(self, payer: Officer) -> None:
        secret = self.enrolled(browser())
        first, second = browser(), browser()
        signs_in(first, "county02"), signs_in(second, "county02")
        code = code_of(secret)

        assert first.post("/sign-in/code/", {"code": code}).status_code == 302
        assert first.get("/").status_code == 200
        assert "已经用过" in words(second.post("/sign-in/code/", {"code": code})).words

    def test_so_is_a_recovery_code(self, payer: Officer) -> None:
        client = browser()
        self.enrolled(client)
        code = re.findall(r"<li>(\d{8})</li>", words(client.get("/account/recovery-codes/")).html)[0]
        first, second = browser(), browser()
        signs_in(first, "county02"), signs_in(second, "county02")

        assert first.post("/sign-in/code/", {"code": code}).status_code == 302
        assert second.post("/sign-in/code/", {"code": code}).status_code == 200

    def test_wrong_codes_lock_the_name_as_wrong_passwords_do(self, payer: Officer) -> None:
        secret = self.enrolled(browser())
        client = browser()
        signs_in(client, "county02")

        answers = [client.post("/sign-in/code/", {"code": "123"}).status_code for _ in range(5)]

        assert answers == [200, 200, 200, 200, 429]
        assert client.post("/sign-in/code/", {"code": code_of(secret)}).status_code == 429
        assert signs_in(browser(), "county02").status_code == 429

    def test_entering_the_password_again_does_not_give_new_guesses(self, payer: Officer) -> None:
        self.enrolled(browser())
        for _ in range(4):
            client = browser()
            signs_in(client, "county02")
            client.post("/sign-in/code/", {"code": "123"})
        client = browser()
        signs_in(client, "county02")

        assert client.post("/sign-in/code/", {"code": "123"}).status_code == 429

    def test_a_lost_telephone_is_reset_and_enrolled_anew(self, payer: Officer) -> None:
        self.enrolled(browser())
        reset_totp("county02", at=NEW_YEAR)
        client = browser()

        assert signs_in(client, "county02").headers["Location"] == "/today/"
        assert client.get("/").headers["Location"] == "/account/totp/"

    def test_they_are_not_switched_off_by_oneself(self, payer: Officer) -> None:
        client = browser()
        self.enrolled(client)

        assert client.get("/account/totp/").headers["Location"] == "/account/"
        assert client.post("/account/totp/deactivate/").status_code == 404

    def test_secrets_are_read_at_the_door_only(self, payer: Officer, act_as: ActAs) -> None:
        self.enrolled(browser())

        with connection.cursor() as cursor:
            for table in ("mfa_authenticator", "axes_accessattempt"):
                cursor.execute(f"SELECT count(*) FROM {table}")
                assert cursor.fetchone() == (0,)
        with at_the_door(), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM mfa_authenticator")
            assert cursor.fetchone() == (2,)

    def test_after_a_while_the_password_is_asked_again(self, payer: Officer) -> None:
        client = browser()
        self.enrolled(client)
        session = client.session
        session["signed_in_at"] = int(time.time()) - 16 * 60
        session.save()

        response = client.get("/account/recovery-codes/new/")

        assert response.headers["Location"].startswith("/account/again/?next=")
        again = client.post(response.headers["Location"], {"password": PASSWORD})
        assert again.headers["Location"] == "/account/recovery-codes/new/"
        assert client.get("/account/recovery-codes/new/").status_code == 200


class TestOwnPassword:
    def change(self, client: Client, new: str, old: str = PASSWORD) -> Page:
        return words(client.post("/account/password/", {"oldpassword": old, "password1": new, "password2": new}))

    def test_it_is_changed_and_the_session_goes_on(self, clerk: Officer) -> None:
        client = browser()
        signs_in(client, "clerk01")

        assert self.change(client, "河边的白鹭-2025").headers["Location"] == "/account/?changed=password"
        assert client.get("/account/").status_code == 200
        assert signs_in(browser(), "clerk01", "河边的白鹭-2025").status_code == 302
        assert ("修改密码", "clerk01", TOWN) in actions()

    @pytest.mark.parametrize(
        ("new", "why"),
        [
            ("短的密码", "密码太短，至少要 10 个字符"),
            ("Clerk01-河边", "密码里不能有用户名或姓名"),
            ("我就是王经办没错吧", "密码里不能有用户名或姓名"),
            ("7391846205", "密码只包含数字"),
            ("password123", "太常见"),
        ],
    )
    def test_a_weak_one_is_refused_in_words(self, clerk: Officer, new: str, why: str) -> None:
        client = browser()
        signs_in(client, "clerk01")

        page = self.change(client, new)

        assert page.status == 200
        assert why in page.words

    def test_the_old_one_must_be_known(self, clerk: Officer) -> None:
        client = browser()
        signs_in(client, "clerk01")

        assert "现在的密码不对" in self.change(client, "河边的白鹭-2025", old="错").words

    def test_both_new_ones_must_be_the_same(self, clerk: Officer) -> None:
        client = browser()
        signs_in(client, "clerk01")

        typed = {"oldpassword": PASSWORD, "password1": "河边的白鹭-2025", "password2": "河边的白鹭-2026"}
        page = words(client.post("/account/password/", typed))

        assert "两遍新密码不一样" in page.words
        assert "白鹭" not in page.html

    def test_other_sessions_of_his_end(self, clerk: Officer) -> None:
        here, there = browser(), browser()
        signs_in(here, "clerk01"), signs_in(there, "clerk01")

        self.change(here, "河边的白鹭-2025")

        assert there.get("/").status_code == 302

    def test_an_auditor_who_changes_nothing_else_changes_his_password(self, county: None) -> None:
        create_officer("audit01", "严审计", division=COUNTY, duties=[Duty.AUDIT], at=NEW_YEAR, password=PASSWORD)
        client = browser()
        signs_in(client, "audit01")

        assert self.change(client, "河边的白鹭-2025").status == 302
        assert client.post("/sign-out/").status_code == 302


LOOPBACK = {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "127.0.0.1:8000"}


class TestRoles:
    @pytest.fixture(autouse=True)
    def officers(self, county: None) -> Iterator[None]:
        divisions()
        create_officer("clerk01", "王经办", division=TOWN, duties=[Duty.ACCEPT], at=NEW_YEAR)
        create_officer("ops01", "江运行", division=COUNTY, duties=[Duty.OPERATE], at=NEW_YEAR)
        create_officer("window2", "李经办", division=TOWN, duties=[Duty.ACCEPT], at=NEW_YEAR)
        with override_settings(OPENDIBAO_SYNTHETIC=True, OPENDIBAO_DEMO_ROLES=True):
            yield

    def test_one_press_and_one_is_the_clerk(self) -> None:
        client = Client()

        response = client.post("/roles/clerk01/", **LOOPBACK)  # type: ignore[arg-type]

        assert response.headers["Location"] == "/today/"
        assert "王经办" in words(client.get("/", **LOOPBACK)).words  # type: ignore[arg-type]
        assert actions()[-1] == ("登录", "clerk01", TOWN)

    def test_and_one_more_and_one_is_somebody_else(self) -> None:
        client = Client()
        client.post("/roles/clerk01/", **LOOPBACK)  # type: ignore[arg-type]
        client.post("/roles/ops01/", **LOOPBACK)  # type: ignore[arg-type]

        assert "江运行" in words(client.get("/account/", **LOOPBACK)).words  # type: ignore[arg-type]

    @pytest.mark.parametrize(
        "where",
        [
            {"REMOTE_ADDR": "10.1.2.3"},
            {"REMOTE_ADDR": "unix"},
            {"HTTP_HOST": "127.0.0.1.evil.example"},
            {"HTTP_HOST": "dibao.example"},
            {"HTTP_X_FORWARDED_FOR": "10.1.2.3"},
        ],
    )
    @override_settings(ALLOWED_HOSTS=["*"])
    def test_not_from_anywhere_but_this_machine(self, where: dict[str, str]) -> None:
        client = Client(raise_request_exception=False)

        assert client.post("/roles/clerk01/", **(LOOPBACK | where)).status_code == 404  # type: ignore[arg-type]
        assert "换个身份看" not in words(client.get("/", **(LOOPBACK | where))).words  # type: ignore[arg-type]

    @pytest.mark.parametrize("setting", ["OPENDIBAO_DEMO_ROLES", "OPENDIBAO_SYNTHETIC"])
    def test_not_unless_the_demo_serves_a_synthetic_county(self, setting: str) -> None:
        with override_settings(**{setting: False}):
            assert Client().post("/roles/clerk01/", **LOOPBACK).status_code == 404  # type: ignore[arg-type]

    def test_a_form_whose_session_ran_out_comes_back_with_the_role(self) -> None:
        client = Client()
        client.post("/roles/clerk01/", **LOOPBACK)  # type: ignore[arg-type]
        client.session.flush()
        expired = words(client.post("/hotline/new/", {"summary": "老人住院"}, **LOOPBACK))  # type: ignore[arg-type]
        carried = expired.html.split('name="kept" value="', 1)[1].split('"', 1)[0]

        response = client.post("/roles/clerk01/", {"kept": carried}, **LOOPBACK)  # type: ignore[arg-type]

        assert response.headers["Location"] == "/hotline/new/"
        assert client.session["kept"]["fields"]["summary"] == ["老人住院"]

    def test_not_as_somebody_who_is_no_role(self) -> None:
        assert Client().post("/roles/window2/", **LOOPBACK).status_code == 404  # type: ignore[arg-type]

    def test_not_by_a_link_and_not_from_another_site(self) -> None:
        assert Client().get("/roles/clerk01/", **LOOPBACK).status_code == 405  # type: ignore[arg-type]
        strict = Client(enforce_csrf_checks=True)
        page = words(strict.post("/roles/clerk01/", **LOOPBACK))  # type: ignore[arg-type]
        assert page.status == 403
        assert "页面开得太久" in page.words

    def test_the_county_page_and_the_menu_offer_them(self) -> None:
        page = words(Client().get("/", **LOOPBACK))  # type: ignore[arg-type]

        for role in ("县局领导", "乡镇经办", "网格员", "县局审核", "县局编制", "财政", "评价", "审计", "系统运行"):
            assert role in page.words
        assert page.html.count('action="/roles/audit01/"') == 2


def test_large_text_and_language_can_be_chosen_before_one_signs_in(county: None) -> None:
    page = words(browser().get("/sign-in/"))
    assert "大字 100 % 125 % 150 % 200 %" in page.words
    assert "English" in page.words
    assert "姓名、首字母" not in page.html
