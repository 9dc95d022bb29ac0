"""沙箱: a copy is made beside the county, spoiled and thrown away; who is late waits, what is half-made is told."""

import os
import pathlib
from collections.abc import Iterator, Mapping
from typing import Any

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from opendibao.config import copying
from opendibao.config.embedded import APP, DatabaseDown
from opendibao.config.sandbox import STEPS, Sandbox, SandboxBusy, State, make

NAME, TOKEN = "county_of_the_sandbox_test", "abc1"
Owner = psycopg.Connection[Any]


@pytest.fixture
def place(tmp_path: pathlib.Path) -> Iterator[Sandbox]:
    """A county of one row in a database of its own."""
    server = os.environ["DATABASE_OWNER_URL"]
    found = Sandbox(tmp_path / "sandbox", make_conninfo(server, dbname=NAME))
    with psycopg.connect(server, autocommit=True) as owner:
        owner.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
        owner.execute(f"CREATE DATABASE {NAME} TEMPLATE template0")
        with psycopg.connect(found.owner_url) as county:
            county.execute("CREATE TABLE line AS SELECT 62000 AS fen")
            county.execute(f"GRANT SELECT ON line TO {APP}")
        yield found
        found.drop()
        owner.execute(f"DROP DATABASE {NAME} WITH (FORCE)")


def fen(url: str) -> Any:
    with psycopg.connect(url) as reader:
        row = reader.execute("SELECT fen FROM line").fetchone()
    assert row
    return row[0]


def copies(place: Sandbox) -> list[str]:
    with psycopg.connect(place.owner_url) as owner:
        rows = owner.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [f"{NAME}_"])
        return [name for (name,) in rows.fetchall()]


def spoil(owner: Owner) -> Mapping[str, Any]:
    owner.execute("UPDATE line SET fen = 162000")
    return {"spoiled": "line"}


def check(name: str) -> Mapping[str, Any]:
    return {"checked": name}


def made(place: Sandbox, token: str = TOKEN) -> State:
    with place.alone():
        make(place, token, spoil, check, app=APP)
    return place.state()


def test_the_copy_is_spoiled_and_the_county_is_not(place: Sandbox) -> None:
    state = made(place)

    assert state.is_ready
    assert (state.token, state.step) == (TOKEN, len(STEPS))
    assert state.found == {"spoiled": "line", "checked": f"{NAME}_sandbox_{TOKEN}"}
    assert fen(make_conninfo(place.owner_url, dbname=place.database(TOKEN))) == 162000
    assert fen(place.owner_url) == 62000


def test_a_new_one_takes_the_place_of_the_former(place: Sandbox) -> None:
    made(place)
    made(place, "abc2")

    assert copies(place) == [f"{NAME}_sandbox_abc2"]


def test_thrown_away_nothing_is_left_though_somebody_looks_at_it(place: Sandbox) -> None:
    made(place)
    with psycopg.connect(make_conninfo(place.owner_url, dbname=place.database(TOKEN))) as looking:
        place.drop()

        with pytest.raises(psycopg.OperationalError):
            looking.execute("SELECT 1")
    assert (copies(place), place.state()) == ([], State())
    assert [path.name for path in place.folder.iterdir()] == ["lock"]


def test_who_comes_while_it_is_made_is_told_to_wait(place: Sandbox) -> None:
    with place.alone():
        place.note(State(TOKEN, 2))

        assert place.state().is_making
        with pytest.raises(SandboxBusy, match="正在做"), place.alone(patience=1):
            pass


def test_what_a_kill_left_half_made_is_told_and_thrown_away_by_the_next(place: Sandbox) -> None:
    place.note(State("dead", 2))
    with psycopg.connect(place.owner_url, autocommit=True) as owner:
        owner.execute(f'CREATE DATABASE "{place.database("dead")}"')

    assert "做到一半停了" in place.state().failed
    assert made(place).is_ready
    assert copies(place) == [f"{NAME}_sandbox_{TOKEN}"]


def test_a_state_that_cannot_be_read_is_none(place: Sandbox) -> None:
    place.note(State(TOKEN, 2))
    (place.folder / "state.json").write_text("{")

    assert place.state() == State()


def test_a_failing_check_leaves_nothing_half_made(place: Sandbox) -> None:
    def refuse(name: str) -> Mapping[str, Any]:
        raise ValueError("核对不下去")

    with place.alone():
        make(place, TOKEN, spoil, refuse, app=APP)

    assert (place.state().failed, copies(place)) == ("核对不下去", [])


def _without_wheel() -> pathlib.Path:
    raise DatabaseDown("没有安装")


def test_without_programs_it_says_what_to_install(place: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copying, "binaries", _without_wheel)
    monkeypatch.setenv("PATH", "/nowhere")

    assert made(place).failed == "这台机器上没有 pg_dump，不能抄出数据库；请安装 PostgreSQL 客户端程序"


def test_a_failing_program_is_named_with_its_last_words(
    place: Sandbox, monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path
) -> None:
    broken = tmp_path / "pg_dump"
    broken.write_text("#!/bin/sh\necho 'first' >&2\necho 'No space left on device' >&2\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setattr(copying, "binaries", lambda: tmp_path)

    assert made(place).failed == "pg_dump 没有做成：No space left on device"
    assert copies(place) == []


def test_a_full_disk_is_told_before_anything_is_copied(place: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copying, "ROOM", 10**9)

    assert made(place).failed.startswith("磁盘只剩")


def test_a_role_that_may_not_create_is_told_in_words(place: Sandbox) -> None:
    with psycopg.connect(place.owner_url) as owner:
        owner.execute(f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {APP}")
    poor = Sandbox(place.folder, make_conninfo(place.owner_url, user=APP))

    assert "permission denied to create database" in made(poor).failed


def test_the_password_is_no_argument_of_a_program(place: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    run = copying.subprocess.run

    def noted(arguments: list[str], **more: Any) -> Any:
        seen.extend(map(str, arguments))
        return run(arguments, **more)

    monkeypatch.setattr(copying.subprocess, "run", noted)
    made(place)

    secret = psycopg.conninfo.conninfo_to_dict(place.owner_url)["password"]
    assert seen
    assert not [argument for argument in seen if str(secret) in argument]
