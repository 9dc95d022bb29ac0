"""沙箱: a copy of the county's database to be spoiled and thrown away; one at a time, and safe against a kill."""

import fcntl
import json
import os
import pathlib
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from typing import Any

import psycopg
from django.utils.translation import gettext_lazy as _
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from opendibao.config.copying import copy_database, told
from opendibao.config.embedded import DatabaseDown

STEPS = (_("抄出全县的数据库"), _("建一个空的沙箱库"), _("抄进沙箱"), _("在沙箱里改坏一处"), _("逐道核对"))
STATE, LOCK, DUMP = "state.json", "lock", "county"
PATIENCE = 20  # times 10 ms: whoever only asks whether the sandbox is busy holds it for an instant
Spoil = Callable[[psycopg.Connection[Any]], Mapping[str, Any]]
Check = Callable[[str], Mapping[str, Any]]


class SandboxBusy(ValueError):
    """The sandbox is being made or dropped by somebody else."""


@dataclass(frozen=True)
class State:
    """How far a sandbox is: how many of STEPS are done, what was spoiled and found, or why it failed.

    `token` is empty where there is none; it also tells one sandbox from the next.
    """

    token: str = ""
    step: int = 0
    failed: str = ""
    seconds: int = 0
    found: dict[str, Any] = field(default_factory=dict)

    @property
    def is_ready(self) -> bool:
        """Whether it can be looked at."""
        return bool(self.token) and self.step == len(STEPS) and not self.failed

    @property
    def is_making(self) -> bool:
        """Whether somebody is at it."""
        return bool(self.token) and not self.is_ready and not self.failed


@dataclass(frozen=True)
class Sandbox:
    """Where a county's sandbox lies: its folder for state and file, and the owner's way into the county's database."""

    folder: pathlib.Path
    owner_url: str

    def database(self, token: str) -> str:
        """Name of a copy; each has its own, so that nothing remembered of one is taken for another's."""
        return f"{conninfo_to_dict(self.owner_url)['dbname']}_sandbox_{token}"

    def state(self) -> State:
        """How far it is; a making that a kill ended is told as failed."""
        try:
            kept = State(**json.loads((self.folder / STATE).read_text("utf-8")))
        except (FileNotFoundError, json.JSONDecodeError):
            return State()
        if not kept.is_making or self.is_busy():
            return kept
        return State(kept.token, kept.step, "做到一半停了；真的县没有动过，请再按一次")

    def note(self, state: State) -> None:
        """Write how far it is, whole or not at all."""
        self.folder.mkdir(parents=True, exist_ok=True)
        draft = self.folder / f"{STATE}.tmp"
        draft.write_text(json.dumps(asdict(state), ensure_ascii=False), "utf-8")
        draft.replace(self.folder / STATE)

    def is_busy(self) -> bool:
        """Whether it is being made or dropped this moment; the lock ends with its holder, however he ends."""
        try:
            with self.alone(patience=0):
                return False
        except SandboxBusy:
            return True

    @contextmanager
    def alone(self, *, patience: int = PATIENCE) -> Iterator[None]:
        """Hold the sandbox. Raises SandboxBusy when somebody else does."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with open(self.folder / LOCK, "w") as lock:
            while not _locked(lock.fileno()):
                if not patience:
                    raise SandboxBusy("沙箱正在做，请等它做完")
                patience -= 1
                time.sleep(0.01)
            yield

    def drop(self) -> None:
        """Throw away every copy, whoever looks at it, half-made ones too, and what lies in the folder."""
        with psycopg.connect(self.owner_url, autocommit=True) as owner:
            names = owner.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [self.database("")])
            for (name,) in names.fetchall():
                owner.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        for file in (STATE, f"{STATE}.tmp"):
            (self.folder / file).unlink(missing_ok=True)
        shutil.rmtree(self.folder / DUMP, ignore_errors=True)


def sandbox_of(var: pathlib.Path, database: str) -> Sandbox:
    """The sandbox of the county whose data lie in a folder; the environment names the server and the owner."""
    owner = os.environ.get("DATABASE_OWNER_URL") or os.environ.get("DATABASE_URL", "")
    return Sandbox(var / "sandbox", make_conninfo(owner, dbname=database) if database else owner)


def clear(var: pathlib.Path) -> None:
    """Drop what is left of a sandbox, half-made or whole; one that is being made is left to its maker."""
    left = sandbox_of(var, "")
    with suppress(SandboxBusy), left.alone():
        left.drop()


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def make(sandbox: Sandbox, token: str, spoil: Spoil, check: Check, *, app: str) -> None:
    """Copy the county, let `spoil` change the copy as its owner and `check` look at it (by its name) as the role `app`.

    To be called by who holds it. What went wrong is told in the state, and nothing half-made stays.
    """
    began, name, found = time.monotonic(), sandbox.database(token), dict[str, Any]()

    def done(step: int) -> None:
        sandbox.note(State(token, step, seconds=round(time.monotonic() - began), found=found))

    try:
        sandbox.drop()
        done(0)
        copy_database(sandbox.owner_url, name, sandbox.folder / DUMP, app=app, done=done)
        with psycopg.connect(make_conninfo(sandbox.owner_url, dbname=name)) as owner:
            found |= spoil(owner)
        done(4)
        found |= check(name)
        done(5)
    except (DatabaseDown, subprocess.SubprocessError, OSError, psycopg.Error, ValueError) as fault:
        with suppress(psycopg.Error):  # where the database is away altogether, the next making drops what is left
            sandbox.drop()
        sandbox.note(State(token, failed=told(fault)))
