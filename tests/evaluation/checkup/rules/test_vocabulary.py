"""The lists of words: each says why it is there, and is used."""

import pathlib

import pytest
import yaml

from opendibao.evaluation.checkup import vocabulary

FOLDER = pathlib.Path(vocabulary.__file__).parent
LISTS = yaml.safe_load((FOLDER / "vocabulary.yaml").read_text("utf-8"))
CODE = "\n".join(file.read_text("utf-8") for file in FOLDER.rglob("*.py"))


@pytest.mark.parametrize("name", LISTS)
def test_a_list_says_why_and_is_used(name: str) -> None:
    assert LISTS[name]["why"]
    assert f'"{name}"' in CODE or f"'{name}'" in CODE or name.endswith("_short_said")


@pytest.mark.parametrize("name", [name for name, one in LISTS.items() if "words" in one])
def test_a_list_holds_no_word_twice(name: str) -> None:
    words = [str(word) for word in LISTS[name]["words"]]

    assert len(words) == len(set(words))


def test_a_longer_word_is_found_before_a_shorter() -> None:
    pattern = vocabulary.any_of("visits")

    assert pattern.index("入户调查") < pattern.rindex("入户")


def test_subjects_of_a_text() -> None:
    assert vocabulary.topics_of("低保政策知晓率") >= {"宣传"}
    assert vocabulary.topics_of("生活垃圾处理") == frozenset()
