"""别处的数据库: a database named by the environment is used as it is, and never emptied for a demonstration."""

import pathlib
import subprocess
import sys

from opendibao.config import embedded
from tests.built import BuiltCounty, environment


def _demo(county: BuiltCounty, out: pathlib.Path, targets: pathlib.Path) -> "subprocess.CompletedProcess[str]":
    server = county.server
    outside = {
        "DATABASE_URL": server.url("county", role=embedded.APP),
        "DATABASE_OWNER_URL": server.url("county", role=embedded.OWNER),
    }
    return subprocess.run(
        [sys.executable, "-m", "opendibao.commands.main", "demo", "--targets", str(targets), "--out", str(out),
         "--no-serve"],
        env=environment(out) | outside, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_a_database_that_holds_a_county_is_left_alone(small_county: BuiltCounty, tmp_path: pathlib.Path) -> None:
    before = small_county.one("SELECT count(*) FROM audit_event")

    done = _demo(small_county, tmp_path / "var", small_county.var.parent / "targets.yaml")

    assert done.returncode == 1
    assert "已经有资料" in done.stderr
    assert small_county.one("SELECT count(*) FROM audit_event") == before


def test_a_county_in_an_outside_database_is_found_again(small_county: BuiltCounty) -> None:
    done = _demo(small_county, small_county.var, small_county.var.parent / "targets.yaml")

    assert done.returncode == 0, done.stderr
    assert "1 月" not in done.stdout
