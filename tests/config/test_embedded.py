"""The embedded server lives in a folder of its own here; it is killed, found again and refused a stranger's socket."""

import os
import pathlib
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator

import psycopg
import pytest

from opendibao.config import embedded

NOBODY = "nobody"
AS_NOBODY = """
import pathlib, sys, psycopg
from opendibao.config import embedded
server = embedded.start(pathlib.Path(sys.argv[1]) / "pg")
embedded.ensure_database(server, "county")
with psycopg.connect(server.url("county", role=embedded.APP)) as app:
    print(app.execute("SELECT current_user").fetchone()[0], server.child is not None)
server.stop()
"""


@pytest.fixture(scope="module")
def home() -> Iterator[pathlib.Path]:
    """A folder shut to everybody else, as the home of root is; the server opens itself the way."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="od-test-"))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def server(home: pathlib.Path) -> Iterator[embedded.Server]:
    started = embedded.start(home / "pg")
    embedded.ensure_database(started, "county")
    yield started
    started.stop()
    shutil.rmtree(started.socket, ignore_errors=True)


def _owner(server: embedded.Server, database: str = "county") -> psycopg.Connection:
    return psycopg.connect(server.url(database, role=embedded.OWNER), autocommit=True)


def test_the_app_is_no_superuser_and_owns_nothing(server: embedded.Server) -> None:
    with _owner(server) as owner:
        role = owner.execute(
            "SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = %s", [embedded.APP]
        ).fetchone()
        owned = owner.execute("SELECT count(*) FROM pg_class WHERE relowner = %s::regrole", [embedded.APP]).fetchone()

    assert role == (False, False, False, False)
    assert owned == (0,)


def test_nobody_gets_in_without_the_secret(server: embedded.Server) -> None:
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(server.url("county", role=embedded.OWNER).replace(server.secret, "guess"))


def test_chinese_has_trigrams(server: embedded.Server) -> None:
    with _owner(server) as owner:
        owner.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        trigrams = owner.execute("SELECT cardinality(show_trgm('王秀英'))").fetchone()

    assert trigrams is not None
    assert trigrams[0] >= 3


def test_a_running_server_is_found_and_left_alone(server: embedded.Server, home: pathlib.Path) -> None:
    found = embedded.start(home / "pg")
    found.stop()

    assert found.child is None
    assert server.child is not None
    assert server.child.poll() is None
    with _owner(server) as owner:
        assert owner.execute("SELECT 1").fetchone() == (1,)


def test_the_data_survive_a_kill_of_the_server(home: pathlib.Path, server: embedded.Server) -> None:
    with _owner(server) as owner:
        owner.execute("CREATE TABLE kept (n int)")
        owner.execute("INSERT INTO kept VALUES (620)")
    pid = int((home / "pg" / "postmaster.pid").read_text().split()[0])
    os.kill(pid, signal.SIGKILL)

    again = embedded.start(home / "pg")
    try:
        assert again.child is not None
        with _owner(again) as owner:
            assert owner.execute("SELECT n FROM kept").fetchone() == (620,)
    finally:
        again.stop()


def test_a_pid_file_of_a_stranger_does_not_hinder_the_start(home: pathlib.Path) -> None:
    # after a reboot the number may belong to any process, this one for example
    (home / "pg" / "postmaster.pid").write_text(f"{os.getpid()}\n{home / 'pg'}\n")

    again = embedded.start(home / "pg")
    try:
        with _owner(again) as owner:
            assert owner.execute("SELECT 1").fetchone() == (1,)
    finally:
        again.stop()


def test_a_socket_folder_of_somebody_else_is_refused(tmp_path: pathlib.Path) -> None:
    data = tmp_path / "pg"
    folder = pathlib.Path(tempfile.gettempdir()) / f"od-{tmp_path.stat().st_ino:x}"
    if os.geteuid() == 0:
        folder.mkdir()
        os.chown(folder, pwd.getpwnam(NOBODY).pw_uid, -1)
    else:
        folder.symlink_to(tmp_path)
    try:
        with pytest.raises(embedded.DatabaseDown, match="属于别的用户"):
            embedded.start(data)
    finally:
        folder.rmdir() if folder.is_dir() and not folder.is_symlink() else folder.unlink()


@pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("setpriv"), reason="only root can become somebody else")
def test_an_ordinary_user_starts_it_too() -> None:
    user = pwd.getpwnam(NOBODY)
    folder = pathlib.Path(tempfile.mkdtemp(prefix="od-nobody-"))
    os.chown(folder, user.pw_uid, user.pw_gid)
    try:
        done = subprocess.run(
            ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups",
             sys.executable, "-c", AS_NOBODY, folder],
            capture_output=True, text=True, timeout=60, cwd="/",
            env={"PATH": os.environ["PATH"], "HOME": str(folder), "PYTHONDONTWRITEBYTECODE": "1"},
        )  # fmt: skip
    finally:
        socket = pathlib.Path(tempfile.gettempdir()) / f"od-{folder.stat().st_ino:x}"
        shutil.rmtree(socket, ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)

    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == [embedded.APP, "True"]


def test_a_database_of_the_environment_is_used_as_it_is(
    monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://app@db/county")
    monkeypatch.delenv("DATABASE_OWNER_URL", raising=False)

    assert embedded.use(tmp_path / "pg") is None
    assert os.environ["DATABASE_OWNER_URL"] == "postgresql://app@db/county"
    assert not (tmp_path / "pg").exists()
