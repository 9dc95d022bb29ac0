"""设岗: named officers with their duties, seen by sign-in, changed only within reach."""

from datetime import date

import pytest
from django.contrib.auth import authenticate
from django.db import DatabaseError, IntegrityError, transaction
from django.http import HttpRequest

from opendibao.accounts.actions import create_officer
from opendibao.accounts.door import at_the_door
from opendibao.accounts.models import Officer
from opendibao.accounts.queries import officers
from opendibao.audit.queries import events_of
from opendibao.kernel.duties import Duty
from tests.conftest import ActAs
from tests.registry.builders import COUNTY, OTHER_TOWN, TOWN, at

NEW_YEAR = at(date(2024, 1, 2))


def clerk(username: str = "clerk01", division: str = TOWN, password: str | None = None) -> Officer:
    return create_officer(
        username, "王经办", division=division, duties=[Duty.ACCEPT, Duty.SURVEY], at=NEW_YEAR, password=password
    )


def signs_in(password: str) -> object:
    """Whom clerk01's name and a password let in."""
    request = HttpRequest()
    request.META["REMOTE_ADDR"] = "10.1.2.3"
    with at_the_door():
        return authenticate(request, username="clerk01", password=password)


@pytest.mark.usefixtures("county")
class TestOfficers:
    def test_an_officer_has_a_name_a_division_and_duties(self) -> None:
        clerk()

        (officer,) = officers()
        assert (officer.username, officer.name, officer.division) == ("clerk01", "王经办", TOWN)
        assert officer.duties == [Duty.ACCEPT, Duty.SURVEY]

    def test_his_appointment_is_on_record(self) -> None:
        clerk()

        (event,) = events_of("clerk01")
        assert (event.action, event.actor, event.division) == ("设岗", "张经办", TOWN)
        assert event.payload == {"name": "王经办", "duties": ["accept", "survey"]}

    def test_without_a_password_nobody_signs_in(self) -> None:
        officer = clerk()

        assert not officer.has_usable_password()
        assert signs_in("") is None

    def test_with_a_password_he_does_and_it_is_not_kept_in_clear(self) -> None:
        officer = clerk(password="月亮-2024-东镇")

        assert "月亮" not in officer.password
        assert signs_in("月亮-2024-东镇") == officer
        assert signs_in("月亮") is None

    def test_a_user_name_is_given_once(self) -> None:
        clerk()

        with pytest.raises(IntegrityError, match="username"), transaction.atomic():
            clerk()

    def test_officers_who_left_are_not_listed(self) -> None:
        clerk(), clerk("clerk02")
        Officer.objects.filter(username="clerk01").update(is_active=False)

        assert [officer.username for officer in officers()] == ["clerk02"]


class TestReach:
    def test_a_township_appoints_nobody_elsewhere(self, act_as: ActAs) -> None:
        with act_as("360429100"):
            for division in (OTHER_TOWN, COUNTY):
                with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                    clerk(division=division)

    def test_a_township_changes_no_officer_of_another(self, act_as: ActAs) -> None:
        with act_as("360429"):
            clerk(division=OTHER_TOWN)
        with act_as("360429100"):
            assert Officer.objects.update(duties=["pay"]) == 0

    def test_sign_in_finds_him_before_any_division_is_known(self, act_as: ActAs) -> None:
        with act_as("360429"):
            clerk()
        with act_as(""):
            assert Officer.objects.get(username="clerk01").division == TOWN
