"""The law in the product: every rule a clause and days, every number a day, a source and whether it was checked."""

import itertools
from datetime import date, timedelta
from importlib.resources import files

import pytest
import yaml

from opendibao.policy.reader import load_pack, pack_names, read_file
from opendibao.rules.book import LAYERS, rule_book
from tests.conventions.sources import SRC, name

RULES = rule_book().rules


def test_every_rule_names_a_clause_and_a_label() -> None:
    assert [r.name for r in RULES if len(r.clause) < 4 or not r.zh] == []


def test_the_texts_of_a_rule_follow_each_other_without_gap_or_overlap() -> None:
    texts = sorted(RULES, key=lambda r: (r.entity, r.name, r.since))
    for (_, _), group in itertools.groupby(texts, key=lambda r: (r.entity, r.name)):
        for earlier, later in itertools.pairwise(group):
            assert earlier.until is not None, earlier.name
            assert earlier.until + timedelta(days=1) == later.since, earlier.name


def test_every_folder_of_the_law_has_a_rule_and_its_cases() -> None:
    for layer in LAYERS:
        for folder in sorted((SRC / "rules" / layer).iterdir()):
            if folder.is_dir() and not folder.name.startswith("__"):
                assert (folder / "rule.py").is_file(), name(folder)
                assert (folder / "cases.yaml").is_file(), name(folder)


def test_every_indicator_and_every_source_that_reads_has_its_cases() -> None:
    found = [*SRC.glob("evaluation/indicators/*/indicator.py"), *SRC.glob("verification/sources/*/source.py")]
    # a source of the first storey only says what it holds
    judging = [f for f in found if f.name == "indicator.py" or "def " in f.read_text("utf-8")]

    assert [name(f) for f in sorted(judging) if not (f.parent / "cases.yaml").is_file()] == []


@pytest.mark.parametrize("pack", pack_names())
def test_every_number_has_a_day_a_source_and_says_whether_it_was_checked(pack: str) -> None:
    for level in load_pack(pack).levels:
        for rows in level.values():
            for row in rows:
                assert row.zh, row.path
                assert isinstance(row.since, date)
                assert len(row.source) >= 4, row.path
                assert isinstance(row.is_verified, bool)


def test_a_number_made_for_the_demonstration_never_counts_as_checked() -> None:
    rows = [row for pack in pack_names() for level in load_pack(pack).levels for rows in level.values() for row in rows]

    assert {row.path for row in rows if "演示" in row.source and row.is_verified} == set()


def test_every_number_a_rule_reads_exists() -> None:
    paths = set(load_pack("jx-demo-2024").paths)

    assert {path for r in RULES for path in r.parameters} - paths == set()


def test_every_parameter_file_obeys_the_schema() -> None:
    root = files("opendibao.policy")
    for file in sorted(SRC.glob("policy/**/*.yaml")):
        if file.name == "evaluation.yaml":  # the sheet has a reader of its own
            assert yaml.safe_load(file.read_text("utf-8"))["sheet"]
            continue
        if file.parent.name == "procedures":
            said = read_file(file.read_text("utf-8"), file.name, "opendibao.policy.procedures/schema.json")
            assert said["name"] == file.stem
            continue
        assert read_file(file.read_text("utf-8"), file.name)["parameters"]
    assert root.joinpath("schema.json").is_file()
