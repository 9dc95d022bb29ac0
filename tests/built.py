"""A county built once by the real command in a folder of its own; tests ask its files, its commands and its tables."""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg

from opendibao.config import embedded

BUILD_TIMEOUT_S = 900


def environment(var: pathlib.Path) -> dict[str, str]:
    """An environment that names the folder and no database."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("DATABASE", "DJANGO", "OPENDIBAO"))}
    return kept | {"OPENDIBAO_VAR": str(var), "PYTHONPATH": str(pathlib.Path(__file__).parent.parent)}


def command(*arguments: str, var: pathlib.Path) -> "subprocess.CompletedProcess[str]":
    """Run `opendibao …` on a folder, in an environment that names no database."""
    return subprocess.run(
        [sys.executable, "-m", "opendibao.commands.main", *arguments],
        env=environment(var), capture_output=True, text=True, timeout=BUILD_TIMEOUT_S, check=False,
    )  # fmt: skip


@dataclass
class BuiltCounty:
    """A whole county in a folder; its server runs while the tests do, so that commands find it running."""

    var: pathlib.Path
    year: int
    said: str
    server: embedded.Server = field(repr=False)

    def run(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """A command on this county."""
        return command(*arguments, var=self.var)

    def rows(self, sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
        """Rows asked of the tables as their owner, past every wall."""
        with psycopg.connect(self.server.url("county", role=embedded.OWNER)) as owner:
            return owner.execute(sql, parameters).fetchall()  # type: ignore[call-overload,no-any-return]

    def one(self, sql: str, *parameters: Any) -> Any:
        """The one value a query returns."""
        ((value,),) = self.rows(sql, *parameters)
        return value

    @property
    def reports(self) -> pathlib.Path:
        """Where the year's files lie."""
        return self.var / "reports" / str(self.year)

    @property
    def figures(self) -> dict[str, dict[str, Any]]:
        """The figures by id, as figures.json has them."""
        found = json.loads((self.reports / "figures.json").read_text("utf-8"))
        return {one["id"]: one for one in found["figures"]}

    def evidence(self, figure: str) -> dict[str, Any]:
        """What `opendibao evidence FIGURE --json` says."""
        done = self.run("evidence", figure, "--json")
        assert done.returncode == 0, done.stderr
        found: dict[str, Any] = json.loads(done.stdout)
        return found


@contextmanager
def folder(name: str) -> Iterator[pathlib.Path]:
    """A folder of one's own for a county; not below pytest's, which shuts PostgreSQL's own user out again and again."""
    found = pathlib.Path(tempfile.mkdtemp(prefix=f"opendibao-{name}-"))
    try:
        yield found
    finally:
        shutil.rmtree(found, ignore_errors=True)


def build(var: pathlib.Path, *, year: int, targets: pathlib.Path | None = None) -> BuiltCounty:
    """Build a county in a folder and start its server."""
    wanted = ["--targets", str(targets)] if targets else []
    done = command("demo", *wanted, "--out", str(var), "--no-serve", var=var)
    assert done.returncode == 0, done.stdout + done.stderr
    return BuiltCounty(var, year, done.stdout, embedded.start(var / "pg"))
