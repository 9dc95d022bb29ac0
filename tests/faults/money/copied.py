"""抄出的县: a copy of the tests' empty database, filled and thrown away; everybody has a connection of his own there.

What is killed, raced or committed for good would leave its traces in the tests' own database.
"""

import os
import pathlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from django.db import connection, connections
from psycopg import sql
from psycopg.conninfo import make_conninfo

from opendibao.config import embedded
from opendibao.config.copying import copy_database
from tests.faults.money.county import AUDITOR, officer

WAITED_S = 20
OTHERS = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND backend_type = 'client backend'"


@dataclass
class CopiedCounty:
    """A database of its own; `url` is the app's way in, for processes that come from outside."""

    name: str
    url: str
    owner: "psycopg.Connection[Any]"

    def wait_until_alone(self) -> None:
        """Until the server has noticed that whoever was killed is gone, and has undone what he had not finished."""
        connection.close()
        until = time.monotonic() + WAITED_S
        while self.owner.execute(OTHERS, [self.name]).fetchone() != (0,):
            assert time.monotonic() < until, "somebody's connection stays open"
            time.sleep(0.005)


@contextmanager
def copied(folder: pathlib.Path, fill: Callable[[], object]) -> Iterator[CopiedCounty]:
    """A copy filled by the owner; this process reads and writes there as the app's role until the block ends."""
    known = connections["default"].settings_dict
    original, options = known["NAME"], known.get("OPTIONS", {})
    connection.close()
    url, name = os.environ["DATABASE_OWNER_URL"], f"{original}_money"
    with psycopg.connect(make_conninfo(url, dbname="postgres"), autocommit=True) as owner:
        drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        owner.execute(drop)
        _copy(owner, original, name, folder)
        known.update(NAME=name, OPTIONS={**options, "options": f"-c role={embedded.APP}"})
        try:
            with officer(AUDITOR):
                fill()
            yield CopiedCounty(name, app_url(name), owner)
        finally:
            connection.close()
            known.update(NAME=original, OPTIONS=options)
            owner.execute(drop)


def _copy(owner: "psycopg.Connection[Any]", original: str, name: str, folder: pathlib.Path) -> None:
    """By its files, which is quick; where somebody else is connected (a browser's context), by dump and restore."""
    try:
        template = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy")
        owner.execute(template.format(sql.Identifier(name), sql.Identifier(original)))
    except psycopg.errors.ObjectInUse:
        source = make_conninfo(os.environ["DATABASE_OWNER_URL"], dbname=original)
        copy_database(source, name, folder / "dump", app=embedded.APP, done=lambda _: None)


def app_url(name: str) -> str:
    """The app's way into a database of the tests' server."""
    owner = os.environ["DATABASE_OWNER_URL"]
    head, _, tail = owner.partition("://")
    _, _, place = tail.partition("@")
    secret = tail.partition("@")[0].partition(":")[2]
    _, _, query = place.partition("?")
    return f"{head}://{embedded.APP}:{secret}@{place.partition('/')[0]}/{name}" + (f"?{query}" if query else "")
