"""登录之门: the rows that sign-in needs before anybody is known are open inside this block, and nowhere else."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

OPEN = "SELECT set_config('app.door', %s, false)"


@contextmanager
def at_the_door() -> Iterator[None]:
    """Open failed attempts and one-time codes to this database session; no division ever opens them.

    Session-level, as audit.session.acting is: a view opens its transactions inside.
    """
    _set("open")
    try:
        yield
    finally:
        if not connection.needs_rollback:
            _set("")


def _set(state: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(OPEN, [state])
