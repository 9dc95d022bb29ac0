"""别的库: inside the block the thread reads the other database as nobody; after it everything is as before."""

import pytest
from django.db import connection

from opendibao.audit.elsewhere import DatabaseGone, in_database
from opendibao.audit.session import NOBODY, acting, current_session
from opendibao.kernel.duties import Duty

OTHER = "postgres"
pytestmark = pytest.mark.usefixtures("county")


def database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database()")
        return str(cursor.fetchone()[0])


def test_the_other_database_answers_and_then_the_usual_one_again() -> None:
    usual = database()

    with in_database(OTHER):
        assert database() == OTHER

    assert database() == usual


def test_nobody_acts_there_until_somebody_is_named_and_the_officer_here_stays() -> None:
    officer = current_session()

    with in_database(OTHER):
        assert current_session() == NOBODY
        with acting("看的人", "360429", {Duty.AUDIT}):
            assert current_session().officer == "看的人"

    assert current_session() == officer


def test_after_an_error_the_usual_database_answers() -> None:
    usual = database()

    with pytest.raises(ZeroDivisionError), in_database(OTHER):
        1 / 0  # noqa: B018

    assert database() == usual


def test_a_database_that_is_gone_is_named() -> None:
    with pytest.raises(DatabaseGone, match="没有数据库 gone_sandbox"), in_database("gone_sandbox"):
        pass
    assert database()
