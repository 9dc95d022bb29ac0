import pathlib
import sys

import pytest

from opendibao.kernel.discovery import NameTaken, folders, modules


def _package(root: pathlib.Path, *places: str) -> str:
    name = f"found_{root.name.replace('-', '_')}"
    (root / name).mkdir()
    (root / name / "__init__.py").touch()
    for place in places:
        folder = root / name / place
        folder.mkdir(parents=True)
        (folder / "rule.py").write_text(f"NAME = {place!r}\n")
    return name


@pytest.fixture
def on_path(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    monkeypatch.syspath_prepend(str(tmp_path))
    return tmp_path


def test_a_new_folder_is_found_by_itself_in_stable_order(on_path: pathlib.Path) -> None:
    name = _package(on_path, "wages", "farming", "_old/thing")
    try:
        assert list(folders(name, "rule.py")) == ["farming", "wages"]
    finally:
        sys.modules.pop(name, None)


def test_two_folders_of_one_name_stop_the_start(on_path: pathlib.Path) -> None:
    name = _package(on_path, "income/wages", "property/wages")

    with pytest.raises(NameTaken, match="wages"):
        folders(name, "rule.py")


def test_the_marker_module_of_each_folder_is_imported(on_path: pathlib.Path) -> None:
    name = _package(on_path, "wages")

    assert modules(name, "rule.py")["wages"].NAME == "wages"
