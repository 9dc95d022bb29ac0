"""The mark that a whole county leaves in its folder."""

import pathlib
from dataclasses import replace

import pytest

from opendibao.demo.mark import AnotherCounty, is_built, set_mark
from opendibao.demo.targets import default_targets


def test_a_marked_folder_with_its_database_is_built(tmp_path: pathlib.Path) -> None:
    (tmp_path / "pg").mkdir()
    set_mark(default_targets(), tmp_path)

    assert is_built(default_targets(), tmp_path)


def test_a_folder_without_mark_or_without_database_is_not_built(tmp_path: pathlib.Path) -> None:
    assert not is_built(default_targets(), tmp_path)

    set_mark(default_targets(), tmp_path)

    assert not is_built(default_targets(), tmp_path)
    assert is_built(default_targets(), tmp_path, has_own_database=False)


def test_a_folder_of_another_county_is_refused(tmp_path: pathlib.Path) -> None:
    set_mark(default_targets(), tmp_path)

    with pytest.raises(AnotherCounty, match="另一份目标"):
        is_built(replace(default_targets(), seed=2), tmp_path)
