"""装订: files stand whole or not at all."""

import io
import json
import zipfile
from pathlib import Path

import pytest

from opendibao.reporting.content import cleaned
from opendibao.reporting.figures_file import figures_bytes
from opendibao.reporting.packing import put_files, same_bytes
from tests.reporting.contents import hukou


def zipped(day: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr(zipfile.ZipInfo("a.xml", (2024, 1, day, 0, 0, 0)), "文")
    return out.getvalue()


def test_the_time_of_packing_leaves_no_trace() -> None:
    assert zipped(1) != zipped(2)
    assert same_bytes(zipped(1)) == same_bytes(zipped(2))


def test_files_are_written_over_old_ones_and_nothing_else_stays(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(b"old")

    put_files(tmp_path / "new", {"b.json": b"1"})
    put_files(tmp_path, {"a.json": b"new"})

    assert (tmp_path / "a.json").read_bytes() == b"new"
    assert (tmp_path / "new" / "b.json").read_bytes() == b"1"
    assert not list(tmp_path.rglob("*.writing"))


def test_when_one_file_cannot_be_written_the_old_ones_stay(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(b"old")
    (tmp_path / ".b.json.writing").mkdir()

    with pytest.raises(OSError):
        put_files(tmp_path, {"a.json": b"new", "b.json": b"new"})

    assert (tmp_path / "a.json").read_bytes() == b"old"


def test_the_list_of_figures_has_the_contracts_form() -> None:
    listed = json.loads(figures_bytes(cleaned(hukou())))["figures"]

    assert [list(one) for one in listed] == [["id", "zh", "value", "unit", "as_of", "rows", "query_hash"]] * len(listed)
    by_id = {one["id"]: one for one in listed}
    assert by_id["paid"]["value"] == "6300.38"
    assert by_id["persons"]["rows"] == 9737
    assert by_id["indicator.10"]["value"] == "未测得"
