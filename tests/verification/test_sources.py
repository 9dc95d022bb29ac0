"""信息来源: every folder is a department, found by itself, and says where its right to ask comes from."""

import re
from datetime import date
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

import opendibao
from opendibao.kernel.discovery import NameTaken
from opendibao.verification import sources
from opendibao.verification.sources import SOURCES, found_in, sources_on
from opendibao.verification.sources.adapter import IDENTITY, Source, identity
from opendibao.verification.sources.cases import case_runner
from tests.conventions.sources import ROOT
from tests.test_golden_cases import read_cases

EVERY = pytest.mark.parametrize("source", SOURCES.values(), ids=list(SOURCES))
SRC = Path(opendibao.__file__).parent
PAGE = ROOT / "docs" / "how-to" / "add-a-source.md"


def test_the_departments_of_the_county_are_found() -> None:
    assert {name: source.zh for name, source in SOURCES.items()} == {
        "bank_deposits": "银行存款", "business_registration": "市场主体", "civil_registry": "民政登记",
        "farm_subsidies": "惠农补贴", "housing_fund": "住房公积金", "insurance": "商业保险",
        "other_assistance": "其他救助", "payment_apps": "支付账户", "prisons": "监所", "public_security": "公安",
        "real_estate": "不动产", "securities": "证券基金", "social_insurance": "社会保险", "tax": "税务",
        "vehicles": "车辆",
    }  # fmt: skip


def test_a_source_is_named_like_its_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    def found(package: str, marker: str) -> dict[str, ModuleType | SimpleNamespace]:
        return {"tax": SimpleNamespace(SOURCE=Source("taxes", "税务", "纳税记录"))}

    monkeypatch.setattr(sources, "modules", found)

    with pytest.raises(NameTaken, match="文件夹 tax 里的来源名为“taxes”"):
        found_in("opendibao.verification.sources")


def _written(language: str) -> str:
    """The first example in a language on the page that teaches how a source is added."""
    found = re.search(rf"```{language}\n(.*?)```", PAGE.read_text("utf-8"), re.S)
    assert found is not None
    return found[1]


def test_a_new_source_is_only_a_folder_and_the_page_that_teaches_it_is_right(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "sources_of_a_county" / "water_bills"
    folder.mkdir(parents=True)
    for package in (folder.parent, folder):
        (package / "__init__.py").write_text("", "utf-8")
    (folder / "source.py").write_text(_written("python"), "utf-8")
    (folder / "cases.yaml").write_text(_written("yaml"), "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))

    found = found_in("sources_of_a_county")
    run_case = case_runner(found["water_bills"])
    cases = read_cases(folder / "cases.yaml")

    assert list(found) == ["water_bills"]
    assert [run_case(case["given"]) for case in cases] == [{"words": "一年用水12立方米"}, None]
    assert [case["expect"] for case in cases] == [{"words": "一年用水12立方米"}, None]


def test_nothing_but_its_folder_names_a_source() -> None:
    # words that a case of the rules uses as well say nothing of a source
    words = {"securities", "insurance", "social_insurance", "tax", "vehicles"}
    named = re.compile("|".join(f"[\"'](?:{name})[\"']" for name in sorted(set(SOURCES) - words)))
    layers = ("intake", "verification", "decision", "payment", "reviews", "statistics", "web")
    files = [file for layer in layers for file in (SRC / layer).rglob("*.py") if "sources" not in file.parts]

    assert [f"{f.relative_to(SRC)}: {m[0]}" for f in files for m in named.finditer(f.read_text("utf-8"))] == []


@EVERY
def test_a_source_says_who_answers_and_by_which_article(source: Source) -> None:
    assert source.department
    assert re.search(r"(57号|社会救助法)第.+条", source.legal_basis)
    assert source.holds


@EVERY
def test_a_fixed_width_file_has_every_column_once_identity_first(source: Source) -> None:
    columns = [column.name for column in (*source.identity, *source.columns)]

    assert [name for name, _ in source.widths] == columns
    assert len(set(columns)) == len(columns)
    assert min(width for _, width in source.widths) > 0


@EVERY
def test_a_key_is_made_of_columns(source: Source) -> None:
    assert source.key
    assert set(source.key) <= {column.name for column in (*source.identity, *source.columns)}


def test_a_payment_company_is_asked_from_the_day_the_act_is_in_force() -> None:
    assert "payment_apps" not in sources_on(date(2026, 6, 30))
    assert "payment_apps" in sources_on(date(2026, 7, 1))
    assert set(SOURCES) - set(sources_on(date(2024, 1, 1))) == {"payment_apps"}


def test_a_department_may_head_the_identity_its_own_way() -> None:
    name = identity(name=("权利人",))[1]

    assert name.also == (*IDENTITY[1].also, "权利人")
    assert identity() == IDENTITY


def test_the_act_is_named_from_its_first_day_only() -> None:
    vehicles = SOURCES["vehicles"]

    assert vehicles.basis_on(date(2026, 6, 30)) == "民发〔2021〕57号第十七条（车船登记）"
    assert (
        vehicles.basis_on(date(2026, 7, 1)) == "民发〔2021〕57号第十七条（车船登记）；社会救助法第四十一条（车船管理）"
    )
    assert SOURCES["prisons"].basis_on(date(2026, 7, 1)) == "民发〔2021〕57号第七条第二款第二项、第十七条"
