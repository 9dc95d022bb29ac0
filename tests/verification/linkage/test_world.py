"""Six thousand fictional people and thirty thousand rows of twelve departments with the truth: what is found.

The people come from the benchmark, whose rates of error are assumptions; the bounds are far below what is measured.
"""

import pathlib
import sys
from collections.abc import Iterator
from types import ModuleType

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from opendibao.verification.linkage.engine import Linker
from opendibao.verification.linkage.model import newest_model
from opendibao.verification.linkage.normalising import GIVEN, normalise

BENCHMARKS = pathlib.Path(__file__).parents[3] / "benchmarks"
PERSONS, SEED = 6_000, 11


@pytest.fixture(scope="module")
def world() -> Iterator[ModuleType]:
    sys.path.insert(0, str(BENCHMARKS))
    import matching_world

    yield matching_world
    sys.path.remove(str(BENCHMARKS))


@pytest.fixture(scope="module")
def rows(world: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> tuple[pa.Table, pa.Table]:
    """Thirty thousand rows with the truth, and the links that were found."""
    folder = tmp_path_factory.mktemp("world")
    world.write_world(folder, PERSONS, SEED)
    written = pa.concat_tables(pq.read_table(folder / f"source_{source.name}.parquet") for source in world.SOURCES)
    with Linker(normalise(pq.read_table(folder / "persons.parquet").select(GIVEN))) as linker:
        return written, linker.link(normalise(written.select(GIVEN)), newest_model(None))


def _pairs(links: pa.Table, *tiers: str) -> set[tuple[int, int]]:
    columns = (links[name].to_pylist() for name in ("person", "record", "tier"))
    return {(int(record[1:]), int(person[1:])) for person, record, tier in zip(*columns, strict=True) if tier in tiers}


def _truth(written: pa.Table, damage: int | None = None) -> set[tuple[int, int]]:
    columns = (written[name].to_pylist() for name in ("key", "person", "id_damage"))
    return {
        (int(key[1:]), person)
        for key, person, done in zip(*columns, strict=True)
        if person >= 0 and damage in (None, done)
    }  # fmt: skip


def test_of_what_the_machine_links_hardly_any_is_wrong(rows: tuple[pa.Table, pa.Table]) -> None:
    written, links = rows
    automatic = _pairs(links, "confirmed", "repaired")

    assert written.num_rows > 30_000
    assert len(automatic - _truth(written)) <= 1


def test_it_links_nearly_all_and_a_person_most_of_the_rest(rows: tuple[pa.Table, pa.Table]) -> None:
    written, links = rows
    truth, automatic, shown = _truth(written), _pairs(links, "confirmed", "repaired"), _pairs(links, "review")

    assert len(automatic & truth) >= 0.990 * len(truth)
    assert len((automatic | shown) & truth) >= 0.993 * len(truth)
    assert len(shown) <= 0.007 * len(automatic)


def test_a_row_is_linked_by_the_machine_at_most_once(rows: tuple[pa.Table, pa.Table]) -> None:
    automatic = _pairs(rows[1], "confirmed", "repaired")

    assert len({record for record, _person in automatic}) == len(automatic)


def test_a_row_with_somebody_elses_number_is_left_to_a_person(
    world: ModuleType, rows: tuple[pa.Table, pa.Table]
) -> None:
    written, links = rows
    anothers = _truth(written, 1 + list(world.ID_DAMAGE).index("anothers"))

    assert anothers
    assert not {record for record, _ in anothers} & {record for record, _ in _pairs(links, "confirmed", "repaired")}


@pytest.mark.parametrize("kind", ["legacy15", "one_digit", "transposed", "masked", "full_width", "excel000", "spaces"])
def test_each_damage_is_repaired(world: ModuleType, rows: tuple[pa.Table, pa.Table], kind: str) -> None:
    written, links = rows
    truth = _truth(written, 1 + list(world.ID_DAMAGE).index(kind))

    assert len(truth) >= 10
    assert len(_pairs(links, "confirmed", "repaired") & truth) >= 0.93 * len(truth)
