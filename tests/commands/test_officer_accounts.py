"""opendibao officer: who is appointed, and accounts set right; refusals in words, everything on record."""

from datetime import date

import pytest
from click.testing import CliRunner, Result
from django.contrib.auth import authenticate
from django.http import HttpRequest

from opendibao.accounts.actions import create_officer
from opendibao.accounts.door import at_the_door
from opendibao.accounts.lockout import count_failure, locked_until
from opendibao.accounts.models import Officer
from opendibao.audit.queries import events_of
from opendibao.commands import officer_accounts, setup
from opendibao.kernel.duties import Duty
from tests.registry.builders import COUNTY, TOWN, at, divisions

PASSWORD = "月亮村口的老樟树-1998"


@pytest.fixture(autouse=True)
def in_this_database(monkeypatch: pytest.MonkeyPatch, county: None) -> None:
    """The command looks into the test's database instead of starting one."""
    monkeypatch.setattr(setup, "django_setup", lambda: None)
    divisions()


def says(*words: str) -> Result:
    return CliRunner().invoke(officer_accounts.command, words)


def appointed(username: str = "clerk01", *duties: Duty) -> Officer:
    return create_officer(
        username, "王经办", division=TOWN, duties=duties or [Duty.ACCEPT], at=at(date(2024, 1, 2)), password=PASSWORD
    )


def signs_in(password: str) -> object:
    with at_the_door():
        return authenticate(_request(), username="clerk01", password=password)


def _request() -> HttpRequest:
    request = HttpRequest()
    request.META["REMOTE_ADDR"] = "10.1.2.3"
    return request


class TestAppointment:
    def test_an_officer_is_appointed_with_place_and_duties(self) -> None:
        result = says("add", "clerk09", "--name", "李经办", "--division", TOWN, "--duty", "受理", "--duty", "survey")

        assert result.exit_code == 0, result.output
        assert "请接着运行 opendibao officer password clerk09 设密码" in result.output
        made = Officer.objects.get(username="clerk09")
        assert (made.name, made.division, made.duties) == ("李经办", TOWN, ["accept", "survey"])
        assert not made.has_usable_password()
        assert events_of("clerk09")[0].actor == "命令行（officer）"

    @pytest.mark.parametrize(
        ("words", "why"),
        [
            (["clerk01", "--division", TOWN, "--duty", "受理"], "用户名“clerk01”已经有人用，请换一个"),
            (["clerk09", "--division", "360429999000", "--duty", "受理"], "没有区划“360429999000”"),
            (["clerk09", "--division", TOWN, "--duty", "打扫"], "没有“打扫”这项职责，可用：受理、入户调查"),
        ],
    )
    def test_what_cannot_be_is_refused_in_words(self, words: list[str], why: str) -> None:
        appointed()

        result = says("add", *words, "--name", "李经办")

        assert result.exit_code in (1, 2)
        assert why in result.output
        assert not Officer.objects.filter(username="clerk09").exists()

    def test_an_officer_without_the_duty_appoints_nobody(self) -> None:
        appointed("fin01", Duty.FINANCE)

        result = says("disable", "fin01", "--officer", "fin01")

        assert result.exit_code == 1
        assert "要由负责系统运行的人办理" in result.output
        assert Officer.objects.get(username="fin01").is_active


class TestAccount:
    def test_a_password_is_set_and_checked(self) -> None:
        appointed()

        weak = says("password", "clerk01", "--password", "短")
        strong = says("password", "clerk01", "--password", "新的密码要够长-2026")

        assert (weak.exit_code, "密码太短" in weak.output) == (1, True)
        assert (strong.exit_code, "短" in strong.output) == (0, False)
        assert signs_in("新的密码要够长-2026") is not None
        assert signs_in(PASSWORD) is None
        assert [event.action for event in events_of("clerk01")] == ["设岗", "重设密码"]

    def test_it_is_asked_twice_and_not_shown(self) -> None:
        appointed()

        result = CliRunner().invoke(
            officer_accounts.command, ["password", "clerk01"], input="河边的白鹭-2025\n河边的白鹭-2025\n"
        )

        assert result.exit_code == 0, result.output
        assert "白鹭" not in result.output

    def test_a_lock_is_undone(self) -> None:
        appointed()
        with at_the_door():
            for _ in range(5):
                count_failure(_request(), "clerk01")
            assert locked_until(_request(), "clerk01")

        result = says("unlock", "clerk01")

        assert (result.exit_code, result.output) == (0, "已解除 clerk01 的登录锁定\n")
        with at_the_door():
            assert locked_until(_request(), "clerk01") is None
        assert events_of("clerk01")[-1].action == "解除锁定"

    def test_who_leaves_is_disabled_and_stays_on_the_list(self) -> None:
        appointed()

        assert says("disable", "clerk01").exit_code == 0
        assert signs_in(PASSWORD) is None
        assert says("list").output == f"clerk01\t王经办\t{TOWN}\t受理\t已停用\n"

    def test_codes_are_reset(self) -> None:
        appointed()

        assert says("reset-totp", "clerk01").exit_code == 0
        assert events_of("clerk01")[-1].action == "重置动态口令"

    @pytest.mark.parametrize("words", ["unlock", "reset-totp", "disable"])
    def test_a_name_nobody_bears_is_said(self, words: str) -> None:
        result = says(words, "ghost")

        assert result.exit_code == 1
        assert "没有用户名是“ghost”的经办人" in result.output


def test_accounts_of_the_county_itself_are_within_reach() -> None:
    create_officer("county01", "李审核", division=COUNTY, duties=[Duty.CONFIRM], at=at(date(2024, 1, 2)))

    assert says("disable", "county01").exit_code == 0
