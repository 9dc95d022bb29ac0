"""常设数据: what every test of a module finds, made once; each test works on top of it and is undone by itself."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

from opendibao.audit.session import acting
from opendibao.config import embedded
from opendibao.kernel.duties import EVERY_DUTY

Made = TypeVar("Made")


@contextmanager
def standing(blocker: DjangoDbBlocker, make: Callable[[], Made]) -> Iterator[Made]:
    """What `make` makes as an officer of the county under the app's role; undone where the module ends.

    For a fixture of scope "module" that asks for `django_db_setup` too. Not beside tests of `transaction=True`, which
    empty the tables.
    """
    with blocker.unblock(), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"SET ROLE {embedded.APP}")
        with acting("张经办", "360429", EVERY_DUTY):
            made = make()
            connection.check_constraints()
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")
        yield made
        transaction.set_rollback(True)
