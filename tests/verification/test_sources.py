"""信息来源: every folder is a department, found by itself."""

from types import ModuleType, SimpleNamespace

import pytest

from opendibao.kernel.discovery import NameTaken
from opendibao.verification import sources
from opendibao.verification.sources import SOURCES


def test_the_departments_of_the_county_are_found() -> None:
    assert {name: source.zh for name, source in SOURCES.items()} == {
        "bank_deposits": "银行存款", "business_registration": "市场主体", "civil_registry": "民政登记",
        "public_security": "公安", "real_estate": "不动产", "social_insurance": "社会保险", "tax": "税务",
        "vehicles": "车辆",
    }  # fmt: skip


def test_a_source_is_named_like_its_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    def found(package: str, marker: str) -> dict[str, ModuleType | SimpleNamespace]:
        return {"tax": SimpleNamespace(NAME="taxes", ZH="税务", HOLDS="纳税记录")}

    monkeypatch.setattr(sources, "modules", found)

    with pytest.raises(NameTaken, match="文件夹 tax 里的来源名为“taxes”"):
        sources._found()
