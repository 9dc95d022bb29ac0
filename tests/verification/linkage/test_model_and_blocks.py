"""The weights as data, and the keys by which rows are found."""

import copy
from datetime import date
from importlib.resources import files
from typing import Any

import pytest
import yaml

from opendibao.verification.linkage.blocks import block_keys
from opendibao.verification.linkage.model import FIELDS, BadWeights, made_of, model_on, newest_model
from opendibao.verification.linkage.patterns import (
    OF_OTHER_NUMBER,
    OF_SAME_NUMBER,
    evidence_of,
    levels_of,
    levels_sql,
    sql,
)
from tests.verification.linkage.written import MODEL, ROW, WANG, ZHANG, linked, row, table, zhang


def changed(**parts: Any) -> dict[str, Any]:
    return {**copy.deepcopy(ROW), **parts}


def test_the_file_says_since_when_where_from_and_whether_it_was_checked() -> None:
    text = (files("opendibao.verification.linkage") / "weights.yaml").read_text("utf-8")
    versions = yaml.safe_load(text)["versions"]

    assert all(isinstance(one["from"], date) and one["source"] and one["verified"] is False for one in versions)
    assert all(made_of(one) for one in versions)


def test_the_weights_of_a_day_have_a_version_that_names_day_and_content() -> None:
    one = model_on(date(2024, 5, 20))

    assert one.version == model_on(date(2024, 6, 1)).version == newest_model(None).version
    assert one.version.startswith("2014-05-01-")
    assert len(one.version) <= 40
    assert made_of(ROW).version != made_of(changed(thresholds={**ROW["thresholds"], "automatic": 2500})).version


def test_before_the_first_weights_nothing_is_linked() -> None:
    with pytest.raises(BadWeights, match=r"2014-04-30 还没有生效的认人权重，请在 weights\.yaml 里补上"):
        model_on(date(2014, 4, 30))


def test_a_source_may_have_weights_and_thresholds_of_its_own() -> None:
    own = {"real_estate": {"fields": {"phone": {"same": 900}}, "thresholds": {"automatic": 2600}, "names": ["same"]}}
    of_it, of_others = (made_of(changed(sources=own), source) for source in ("real_estate", "vehicles"))

    assert (of_it.weights["phone"], of_it.automatic, of_it.names) == ({"same": 900, "other": -110}, 2600, {"same"})
    assert of_others == made_of(ROW)
    assert of_it.version != of_others.version


@pytest.mark.parametrize(("parts", "words"), [
    ({"fields": {**ROW["fields"], "sex": {"same": 100}}}, "“sex”应有且只有 same、other"),
    ({"fields": {**ROW["fields"], "sex": {"same": 100, "other": -400, "near": 1}}}, "“sex”应有且只有"),
    ({"fields": {**ROW["fields"], "sex": {"same": "100", "other": -400}}}, "“sex”的数应是整数"),
    ({"fields": {name: row for name, row in ROW["fields"].items() if name != "phone"}}, "“phone”应有且只有"),
    ({"thresholds": {"automatic": 2400, "margin": 600, "review": 1600}}, "门槛应有且只有"),
    ({"thresholds": {**ROW["thresholds"], "review": 2500}}, "不能高于自动认定的门槛"),
    ({"names": ["same", "nearly"]}, "names 里没有这种相符程度：nearly"),
])  # fmt: skip
def test_an_incomplete_file_of_weights_is_refused(parts: dict[str, Any], words: str) -> None:
    with pytest.raises(BadWeights, match=words):
        made_of(changed(**parts))


def test_the_keys_of_a_whole_row() -> None:
    (keys,) = block_keys(table(zhang(phone="13812345678")))

    assert keys == (
        f"id:{ZHANG}", "birth_seq:19600305|123X", "region_seq_surname:999999|123X|zhang",
        "region_birth_surname:999999|19600305|zhang", "seq_pinyin:123X|zhang jian guo",
        "region_pinyin:999999|zhang jian guo", "birth_pinyin:19600305|zhang jian guo",
        "pinyin_phone:zhang jian guo|13812345678",
    )  # fmt: skip


@pytest.mark.parametrize(("written", "keys"), [
    (row(born="1960-03-05"), ("birth_pinyin:19600305|zhang jian guo",)),
    (row(phone="13812345678"), ("pinyin_phone:zhang jian guo|13812345678",)),
    (row(), ("name:张建国",)), (row(division="999999100001"), ("name:张建国",)), (row("", ""), ()),
    (row("", ZHANG), (f"id:{ZHANG}", "birth_seq:19600305|123X")),
])  # fmt: skip
def test_the_keys_of_a_row_with_less(written: dict[str, str], keys: tuple[str, ...]) -> None:
    assert block_keys(table(written)) == [keys]


def test_a_day_told_beside_another_number_is_a_key_of_its_own() -> None:
    (keys,) = block_keys(table(row(id_number=WANG, born="1960-03-05")))

    assert [key for key in keys if key.startswith("birth_pinyin")] == [
        "birth_pinyin:19711120|zhang jian guo", "birth_pinyin:19600305|zhang jian guo",
    ]  # fmt: skip


PEOPLE = [zhang(phone="13812345678", division="999999100001")]
LIKE = [
    row(id_number=ZHANG), row(id_number="99999819600305123X"), row(id_number="999999********123X"),
    row(id_number=ZHANG[:15] + "000"), row(born="1960-03-05"), row(phone="13812345678"),
    row(id_number=WANG, phone="13812345678"), row("李四", ZHANG), row(id_number="99999919600035123X"),
]  # fmt: skip


@pytest.mark.parametrize("written", LIKE, ids=str)
def test_whoever_is_linked_shares_a_key(written: dict[str, str]) -> None:
    """So rows can be found by tokens of their keys, and the link is the one the whole delivery would give."""
    (found,) = linked(PEOPLE, written)
    ours, theirs = (set(keys) for keys in block_keys(table(*PEOPLE, written)))

    assert found.person == "zhang"
    assert ours & theirs


def test_a_pattern_tells_each_field_and_its_weight() -> None:
    (found,) = linked(PEOPLE, row(born="1960-03-05", phone="13812345678", division="999999100009"))

    assert found.evidence == (
        {"field": "name", "level": "same", "weight": 1000}, {"field": "born", "level": "same", "weight": 1400},
        {"field": "phone", "level": "same", "weight": 1600}, {"field": "division", "level": "township", "weight": 220},
    )  # fmt: skip
    assert found.score == sum(int(one["weight"]) for one in found.evidence)


def test_a_pattern_of_nothing_is_empty() -> None:
    assert levels_of(0) == {}
    assert evidence_of(0, MODEL) == ()


def test_every_level_has_its_place_in_the_statement() -> None:
    text = "".join(sql(f"levels/{part}") for part in (*OF_SAME_NUMBER, *OF_OTHER_NUMBER))

    assert all(f"{{{field}_{level}}}" in text for field, levels in FIELDS.items() for level in levels)
    assert "{" not in levels_sql(OF_SAME_NUMBER) + levels_sql(OF_OTHER_NUMBER)
    assert max(len(levels) for levels in FIELDS.values()) <= 9  # one place of ten each
