"""Starts the database and Django for a command; stops the database again when the command ends."""

import atexit
import json
import os
import pathlib
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from opendibao.config import embedded

DATABASE, ABOUT = "county", "county.json"


def var_folder() -> pathlib.Path:
    """Where data and files of this installation lie."""
    return pathlib.Path(os.environ.get("OPENDIBAO_VAR", "var")).resolve()


def adopt(var: pathlib.Path) -> None:
    """Serve the county that a folder was made for, unless the environment names another."""
    about = var / ABOUT
    if about.exists():
        for name, value in json.loads(about.read_text("utf-8")).items():
            os.environ.setdefault(name, value)


def found(var: pathlib.Path, *, county: str, policy: str, today: str) -> None:
    """Say in a folder which county it is for, under which policy, and what day it is there."""
    var.mkdir(parents=True, exist_ok=True)
    said = {"OPENDIBAO_COUNTY": county, "OPENDIBAO_POLICY": policy, "OPENDIBAO_TODAY": today}
    os.environ.update(said)
    (var / ABOUT).write_text(json.dumps(said), "utf-8")


def start_database(var: pathlib.Path | None = None, *, afresh: bool = False) -> None:
    """Start or find the database; `afresh` empties the embedded one first."""
    var = var or var_folder()
    os.environ["OPENDIBAO_VAR"] = str(var)
    adopt(var)
    server = embedded.use(var / "pg", DATABASE)
    if server and server.child:
        atexit.register(server.stop)
    if server and afresh:
        embedded.recreate_database(server, DATABASE)


def django_setup(
    settings: str = "opendibao.config.demo", *, var: pathlib.Path | None = None, afresh: bool = False
) -> None:
    """Make Django ready in this process as the app's role; the environment may name other settings."""
    start_database(var, afresh=afresh)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", settings)
    import django

    django.setup()


@contextmanager
def migrating() -> Iterator[None]:
    """Run migrations as the owner in a process of its own beside the block, then grant the app's role its rights.

    Raises CalledProcessError at the end of the block when they failed.
    """
    from django.conf import settings

    env = os.environ | {"DATABASE_URL": os.environ["DATABASE_OWNER_URL"]}
    role = settings.DATABASES["default"]["USER"]
    program = (
        "import django; django.setup()\n"
        "from django.core.management import call_command; call_command('migrate', verbosity=0)\n"
        f"from opendibao.audit.session import grant_app; grant_app({role!r})"
    )
    child = subprocess.Popen([sys.executable, "-c", program], env=env)
    try:
        yield
    finally:
        status = child.wait()
    if status:
        raise subprocess.CalledProcessError(status, "migrate")


def tidy() -> None:
    """After much was written: let the database learn how the tables look, so that the first pages are quick."""
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as owner:
        owner.execute("VACUUM (ANALYZE)")


def migrate() -> None:
    """Bring the tables up to date and wait for it."""
    with migrating():
        pass
