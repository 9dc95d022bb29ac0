"""Splink 5 as the peer of benchmarks/matching.py: the same canonical columns and blocks, its own levels and weights.

`--train DIR` learns from the world of DIR: u by random sampling, m by expectation maximisation in two blocks, and then
the two thresholds out of that world's truth, for which Splink itself has no rule: the lowest weight at which no more
than one automatic link in ten thousand is wrong, and the weight at which a pair is worth a look.
"""

import argparse
import json
import logging
import pathlib
import resource
import time
from typing import Any

import matching_world as world
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

COLUMNS = ("id18", "name", "pinyin", "surname", "born8", "birth8", "region6", "seq4", "phone11", "sex", "division")
MARGIN, WRONG, SAMPLE = 6.0, 1e-4, 1e6
Pairs = dict[str, np.ndarray]


def prepared(folder: pathlib.Path) -> tuple[pa.Table, pa.Table]:
    """Canonical columns as Splink wants them: null where nothing is known."""
    from opendibao.verification.linkage.normalising import GIVEN, normalise

    files = [folder / f"source_{source.name}.parquet" for source in world.SOURCES]
    persons = normalise(pq.read_table(folder / "persons.parquet", columns=list(GIVEN)))
    rows = normalise(pa.concat_tables(pq.read_table(file, columns=list(GIVEN)) for file in files))
    return _nulls(persons), _nulls(rows)


def _nulls(table: pa.Table) -> pa.Table:
    empty = pa.scalar(None, pa.string())
    columns = {name: pc.if_else(pc.equal(table[name], ""), empty, table[name]) for name in COLUMNS}
    return pa.table({"unique_id": table["key"], **columns})


def settings() -> Any:
    import splink.comparison_level_library as levels
    import splink.comparison_library as comparisons
    from splink import SettingsCreator, block_on

    from opendibao.verification.linkage.blocks import BLOCKS

    def custom(name: str, *steps: Any) -> Any:
        return comparisons.CustomComparison(
            output_column_name=name, comparison_levels=[levels.NullLevel(name), *steps, levels.ElseLevel()]
        )

    number = custom(
        "id18", levels.ExactMatchLevel("id18"), levels.DamerauLevenshteinLevel("id18", 1),
        levels.CustomLevel("left(id18_l, 14) = left(id18_r, 14)", "region and birth"),
        levels.CustomLevel("right(id18_l, 12) = right(id18_r, 12)", "birth and sequence"),
    )  # fmt: skip
    name = custom(
        "name", levels.ExactMatchLevel("name"), levels.CustomLevel("pinyin_l = pinyin_r", "same reading"),
        levels.DamerauLevenshteinLevel("name", 1),
    )  # fmt: skip
    born = custom("born8", levels.ExactMatchLevel("born8"), levels.DamerauLevenshteinLevel("born8", 1))
    exact = [custom(column, levels.ExactMatchLevel(column)) for column in ("phone11", "sex", "seq4", "region6")]
    return SettingsCreator(
        link_type="link_only",
        comparisons=[number, name, born, *exact],
        blocking_rules_to_generate_predictions=[block_on("id18"), *(block_on(*fields) for fields in BLOCKS.values())],
    )


def _linker(persons: pa.Table, rows: pa.Table, made: Any) -> Any:
    from splink import DuckDBAPI, Linker

    logging.getLogger("splink").setLevel(logging.ERROR)
    database = DuckDBAPI()
    sides = [
        database.register(table, dataset_display_name=name) for name, table in (("persons", persons), ("rows", rows))
    ]
    return Linker(sides, made, log_level=logging.ERROR)


def predicted(persons: pa.Table, rows: pa.Table, trained: dict[str, Any]) -> Pairs:
    """Weights of all pairs that share a block."""
    return _weights(_linker(persons, rows, trained["settings"]))


def _weights(linker: Any) -> Pairs:
    table = linker.inference.predict().as_pyarrow_table()
    left, right = table["unique_id_l"], table["unique_id_r"]
    is_person = pc.starts_with(left, "p")
    number = {
        "persons": pc.if_else(is_person, left, right), "rows": pc.if_else(is_person, right, left),
    }  # fmt: skip
    made = {name: np.asarray(pc.cast(pc.utf8_slice_codeunits(keys, 1), pa.int64())) for name, keys in number.items()}
    return {**made, "weights": np.asarray(table["match_weight"])}


def _best(pairs: Pairs) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Row, best person, weight, and lead over the second."""
    order = np.lexsort((pairs["persons"], -pairs["weights"], pairs["rows"]))
    rows, persons, weights = (pairs[name][order] for name in ("rows", "persons", "weights"))
    first = np.flatnonzero(np.r_[True, rows[1:] != rows[:-1]])
    second = np.minimum(first + 1, len(rows) - 1)
    has_second = (second > first) & (rows[second] == rows[first])
    lead = np.where(has_second, weights[first] - weights[second], np.inf)
    return rows[first], persons[first], weights[first], lead


def chosen(pairs: Pairs, automatic: float, review: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The best person of each row: automatic above the threshold and with a lead, else to a person, else nothing."""
    rows, persons, weights, lead = _best(pairs)
    is_shown = weights >= review
    is_automatic = (weights >= automatic) & (lead >= MARGIN)
    return rows[is_shown], persons[is_shown], is_automatic[is_shown]


def _thresholds(pairs: Pairs, truth: np.ndarray) -> tuple[float, float]:
    rows, persons, weights, lead = _best(pairs)
    is_clear = lead >= MARGIN
    order = np.argsort(-weights[is_clear])
    wrong = np.cumsum((truth[rows[is_clear]] != persons[is_clear])[order])
    allowed = np.flatnonzero(wrong <= WRONG * np.arange(1, len(order) + 1))
    return float(weights[is_clear][order][allowed[-1]]), 0.0


def train(folder: pathlib.Path) -> None:
    from splink import block_on

    persons, rows = prepared(folder)
    cpu, wall = time.process_time(), time.perf_counter()
    linker = _linker(persons, rows, settings())
    linker.training.estimate_probability_two_random_records_match([block_on("id18", "name")], recall=0.95)
    linker.training.estimate_u_using_random_sampling(max_pairs=SAMPLE)
    for block in (block_on("id18"), block_on("pinyin", "born8")):
        linker.training.estimate_parameters_using_expectation_maximisation(block)
    took = {"cpu_s": round(time.process_time() - cpu, 2), "wall_s": round(time.perf_counter() - wall, 2)}
    truth = np.concatenate([
        np.asarray(pq.read_table(folder / f"source_{source.name}.parquet", columns=["person"])["person"])
        for source in world.SOURCES
    ])  # fmt: skip
    automatic, review = _thresholds(_weights(linker), truth)
    model = {"settings": linker.misc.save_model_to_json(), "automatic": automatic, "review": review}
    rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"model": model, "took": {**took, "rss_mb": rss}}))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--train", type=pathlib.Path, metavar="DIR", help="learn from the world of this folder")
    options.add_argument("--small", action="store_true", help="nothing of its own: matching.py runs it")
    asked = options.parse_args()
    if asked.train:
        train(asked.train)


if __name__ == "__main__":
    main()
