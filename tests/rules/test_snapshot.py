"""A snapshot: fictional households as a case could give them, the same for the same seed, whole or not there."""

import json
import pathlib
from datetime import date

import numpy as np
import pyarrow.parquet as pq
import pytest

from opendibao.kernel.month import age_on
from opendibao.rules import snapshot
from opendibao.rules.case import parse_case
from opendibao.rules.case_file import read_case
from opendibao.rules.facts import FACTS
from opendibao.rules.snapshot import BadSnapshot, Manifest, chunks, read_manifest, write_snapshot
from opendibao.rules.snapshot_cases import cases, write_cases
from opendibao.rules.snapshot_reading import ages_on, groups, table_on
from opendibao.rules.vocabulary import HEAD
from tests.rules.snapshots import POLICY, facts_of

DAY = date(2024, 5, 31)


@pytest.fixture
def folder(tmp_path: pathlib.Path) -> pathlib.Path:
    write_snapshot(300, 7, tmp_path / "snapshot")
    return tmp_path / "snapshot"


def test_every_fact_has_a_column_with_values_that_differ(folder: pathlib.Path) -> None:
    write_snapshot(20_000, 7, folder / "larger")

    for entity in FACTS:
        columns = pq.read_table(folder / "larger" / f"{entity}.parquet")
        assert columns.schema.names == snapshot.schema(entity).names
        alike = [name for name in columns.schema.names if len(columns[name].unique()) < 2]
        assert alike == [], entity


def test_the_same_seed_gives_the_same_households_and_another_seed_others() -> None:
    first, again, other = (
        next(iter(chunks(Manifest(1, 50, seed, POLICY, ""))))["member"]["born"].tolist() for seed in (3, 3, 4)
    )

    assert first == again != other


def test_what_is_read_back_is_what_was_made(folder: pathlib.Path) -> None:
    (made,), (read,) = chunks(read_manifest(folder)), groups(folder)

    for entity in FACTS:
        for name in snapshot.schema(entity).names:
            assert made[entity][name].tolist() == read[entity][name].tolist(), (entity, name)


def test_households_beyond_one_group_go_on_in_the_next(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot, "ROW_GROUP", 40)
    write_snapshot(100, 7, tmp_path / "snapshot")

    found = list(groups(tmp_path / "snapshot"))

    # 40 + 40 + 20
    assert [len(rows["household"]["household_id"]) for rows in found] == [40, 40, 20]
    assert np.concatenate([rows["household"]["household_id"] for rows in found]).tolist() == list(range(100))


def test_every_household_has_one_head(folder: pathlib.Path) -> None:
    (rows,) = groups(folder)

    heads = rows["member"]["household"][rows["member"]["relation"] == HEAD]
    assert heads.tolist() == list(range(300))


def test_cases_have_exactly_the_facts_of_the_snapshot(tmp_path: pathlib.Path) -> None:
    write_snapshot(1_000, 11, tmp_path / "snapshot")
    (rows,) = groups(tmp_path / "snapshot")
    expected = facts_of(table_on(rows, DAY))

    for number, case in cases(rows, 1_000, DAY, POLICY):
        found, facts = parse_case(case).facts(), expected[number]
        assert {e: [tuple(r) for r in found.rows[e]] for e in FACTS} == {e: list(facts.rows[e]) for e in FACTS}, number
        assert {e: list(of) for e, of in found.parent.items()} == facts.parent, number


def test_case_files_can_be_read(folder: pathlib.Path) -> None:
    assert write_cases(folder, 3, DAY) == 3

    files = sorted((folder / "cases").iterdir())
    assert [file.name for file in files] == ["0.yaml", "1.yaml", "2.yaml"]
    assert {read_case(file.read_text("utf-8")).decision_date for file in files} == {DAY}


def test_a_day_before_somebody_was_born_makes_no_case(folder: pathlib.Path) -> None:
    with pytest.raises(BadSnapshot, match="还没有出生"):
        write_cases(folder, 300, date(2001, 1, 1))


def test_ages_are_those_of_the_calendar() -> None:
    births = [date(2000, 2, 29), date(2000, 3, 1), date(1999, 2, 28), date(2004, 2, 29), date(1950, 12, 31)]
    numbers = np.array([int(f"{one:%Y%m%d}") for one in births])

    for day in (date(2024, 2, 28), date(2024, 2, 29), date(2023, 2, 28), date(2023, 3, 1), date(2024, 12, 31)):
        assert ages_on(numbers, day).tolist() == [age_on(one, day) for one in births]
    assert ages_on(np.array([0, 20240601]), DAY).tolist() == [0, 0]  # not stated, not yet born


def test_a_folder_that_is_there_is_not_written_over(folder: pathlib.Path) -> None:
    with pytest.raises(BadSnapshot, match="已经存在"):
        write_snapshot(1, 1, folder)


def test_nothing_is_left_of_a_snapshot_that_fails(tmp_path: pathlib.Path) -> None:
    def fails(folder: pathlib.Path) -> None:
        raise BadSnapshot("试验")

    with pytest.raises(BadSnapshot):
        write_snapshot(10, 1, tmp_path / "snapshot", finish=fails)

    assert list(tmp_path.iterdir()) == []


def test_a_snapshot_of_other_facts_is_refused(folder: pathlib.Path) -> None:
    said = json.loads((folder / "manifest.json").read_text()) | {"facts": "0" * 64}
    (folder / "manifest.json").write_text(json.dumps(said))

    with pytest.raises(BadSnapshot, match="与现在的规则不同"):
        read_manifest(folder)


@pytest.mark.parametrize("text", ["", "[]", '{"version": 1}', "不是 JSON"])
def test_a_broken_manifest_is_refused(folder: pathlib.Path, text: str) -> None:
    (folder / "manifest.json").write_text(text, "utf-8")

    with pytest.raises(BadSnapshot, match="读不出快照说明"):
        read_manifest(folder)


def test_a_missing_file_is_named(folder: pathlib.Path) -> None:
    (folder / "job.parquet").unlink()

    with pytest.raises(BadSnapshot, match=r"缺少 job\.parquet"):
        list(groups(folder))


def test_a_cut_file_is_named(folder: pathlib.Path) -> None:
    whole = (folder / "member.parquet").read_bytes()
    (folder / "member.parquet").write_bytes(whole[: len(whole) // 2])

    with pytest.raises(BadSnapshot, match=r"member\.parquet：不是完整的 Parquet 文件"):
        list(groups(folder))


def test_a_missing_column_is_named(folder: pathlib.Path) -> None:
    found = pq.read_table(folder / "household.parquet").drop_columns(["cars"])
    pq.write_table(found, folder / "household.parquet")

    with pytest.raises(BadSnapshot, match=r"没有类型为 .* 的列 cars"):
        list(groups(folder))
