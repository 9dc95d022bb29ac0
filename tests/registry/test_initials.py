"""姓名简拼: surnames are read as surnames."""

import pytest

from opendibao.registry.initials import initials


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("王秀英", "wxy"),
        ("曾国强", "zgq"),  # zeng, not ceng
        ("单有福", "syf"),  # shan, not dan
        ("仇小妹", "qxm"),  # qiu, not chou
        ("尉迟敬", "ycj"),
        ("买买提·艾力", "mmtal"),
        ("李A", "la"),
        ("", ""),
    ],
)
def test_a_name_has_the_initials_one_types(name: str, letters: str) -> None:
    assert initials(name) == letters
