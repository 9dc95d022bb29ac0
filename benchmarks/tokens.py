"""What lists by tokens cost: the same departments' rows matched with their numbers, and by tokens that prove parts.

People and rows come from matching_world.py, where every error rate is an assumption. All our people stand on one list;
each department works out the tokens of its own rows, answers those that agree, and our side knows of a row only what
its tokens prove. Recall is of true pairs; both ways are judged by the same tiers (matching.py says more of them).
"""

import argparse
import json
import os
import pathlib
import re
import tempfile
import time
from collections import Counter
from typing import Any

os.environ.setdefault("DATABASE_URL", "postgresql:///none")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "opendibao.config.demo")

import matching as bench
import matching_world as world
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

COUNTY, SMALL, SEED = 10_000, 1_000, 2
NUMBERS, TOKENS = "numbers", "tokens"
WHO = ("id_number", "name", "sex", "born", "division", "phone")


def table(rows: list[dict[str, str]]) -> pa.Table:
    return pa.table({name: pa.array([row[name] for row in rows], pa.string()) for name in ("key", *WHO)})


def resolved(rows: pa.Table, index: Any, key: bytes, sums: Counter[str]) -> pa.Table:
    """What our side knows of a department's rows after they went by tokens; rows that say nothing are not there."""
    from opendibao.verification.privacy.tokens import agreeing, proven

    known = []
    for name, agreed in zip(rows["key"].to_pylist(), agreeing(rows, key, index.tokens), strict=True):
        if not agreed:
            continue
        sums["answered"] += 1
        whom = index.persons(agreed)
        if len(whom) == 1:
            known.append({"key": name, **proven(whom[0][0].person, whom[0][1])})
        else:
            sums["ambiguous"] += 1
    return table(known)


def figures(folder: pathlib.Path, n: int, seed: int) -> list[dict[str, Any]]:
    from opendibao.verification.linkage.engine import Linker
    from opendibao.verification.linkage.model import model_on
    from opendibao.verification.linkage.normalising import GIVEN, normalise
    from opendibao.verification.privacy.tokens import Listed, TokenIndex, tokens_of

    world.write_world(folder, n, seed)
    persons = pq.read_table(folder / "persons.parquet", columns=list(GIVEN))
    key, people = bytes(range(32)), persons.to_pylist()
    began = time.process_time()
    listed = [
        Listed(line, frozenset(tokens), {name: person[name] or "" for name in ("key", *WHO)})
        for line, (person, tokens) in enumerate(zip(people, tokens_of(persons, key), strict=True))
    ]
    index, spent = TokenIndex(listed), {"list": time.process_time() - began, TOKENS: 0.0}
    linker = Linker(normalise(persons))
    sums = {NUMBERS: Counter[str](), TOKENS: Counter[str]()}
    for source, given in zip(world.SOURCES, bench.deliveries(folder), strict=True):
        began = time.process_time()
        by_tokens = resolved(given.select(GIVEN), index, key, sums[TOKENS])
        spent[TOKENS] += time.process_time() - began
        for way, rows in ((NUMBERS, given.select(GIVEN)), (TOKENS, by_tokens)):
            links = linker.link(normalise(rows), model_on(bench.DAY, source.name))
            automatic = np.asarray(pc.not_equal(links["tier"], "review"))
            bench.judged(given, (bench.places(links["record"]), bench.places(links["person"]), automatic), sums[way])
    return [row(way, sums[way], n, seed, spent) for way in (NUMBERS, TOKENS)]


def row(way: str, sums: Counter[str], n: int, seed: int, spent: dict[str, float]) -> dict[str, Any]:
    by_damage = {
        re.sub(" pairs$", "", kind): round(sums[kind.replace(" pairs", " right")] / pairs, 4)
        for kind, pairs in sums.items()
        if kind.endswith(" pairs") and pairs
    }
    return {
        "way": way, "persons": n, "seed": seed, "rows": sums["rows"], "pairs": sums["pairs"],
        "precision": round(1 - sums["wrong"] / sums["automatic"], 6), "recall": round(sums["right"] / sums["pairs"], 5),
        "recall_with_review": round(sums["known"] / sums["pairs"], 5), "wrong": sums["wrong"],
        "review": sums["review"], "answered": sums["answered"] or sums["rows"], "ambiguous": sums["ambiguous"],
        "cpu_s": round(spent["list"] + spent[TOKENS], 2) if way == TOKENS else 0.0, "by_damage": by_damage,
    }  # fmt: skip


def show(rows: list[dict[str, Any]]) -> None:
    of = rows[0]
    print(f"{of['persons']:,} persons, {of['rows']:,} rows, {of['pairs']:,} true pairs, seed {of['seed']}")
    print(f"{'':9}{'precision':>11}{'recall':>9}{'+review':>9}{'wrong':>7}{'review':>8}{'rows seen':>11}{'CPU s':>8}")
    for one in rows:
        print(
            f"{one['way']:9}{one['precision']:11.6f}{one['recall']:9.5f}{one['recall_with_review']:9.5f}"
            f"{one['wrong']:7,}{one['review']:8,}{one['answered']:11,}{one['cpu_s']:8.2f}"
        )
    print(f"\nRecall by damage of the number{'':12}" + "".join(f"{one['way']:>9}" for one in rows))
    for kind in rows[0]["by_damage"]:
        print(f"  {kind:40}" + "".join(f"{one['by_damage'].get(kind, 0):9.4f}" for one in rows))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help=f"{SMALL:,} persons")
    parser.add_argument("--persons", type=int, default=COUNTY)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--json", type=pathlib.Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        rows = figures(pathlib.Path(folder), SMALL if asked.small else asked.persons, asked.seed)
    show(rows)
    if asked.json:
        asked.json.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main()
