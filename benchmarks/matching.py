"""Departments' rows matched to our people, with the truth known: by the exact number, by number and name, in our tiers,
and by Splink 5.

The people and their departments come from matching_world.py, where every error rate is an assumption. The weights were
set by looking at seed 1; what is printed is another seed (`--seed`, 2). Each method runs in a process of its own, one
department's delivery after the other; seconds are of the processor, reading left out, normalisation apart.

Splink is trained on a world of seed 1 (its own row) and predicts at most ten thousand persons: the same size is run
with our tiers beside it.
"""

import argparse
import json
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import matching_world as world
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

COUNTY, SMALL, PEER = 10_000, 1_000, 10_000
TRAINING, SEED = 1, 2
EXACT, NAMED, TIERS, SPLINK = "exact number", "number and name", "our tiers", "Splink 5"
PEERS = (EXACT, NAMED, SPLINK)
DAY = date(2024, 1, 1)
Found = tuple[np.ndarray, np.ndarray, np.ndarray]
"""Places of rows and of persons, and which links are automatic."""


class Clock:
    """Seconds of the processor and of the wall by what they were spent on."""

    def __init__(self) -> None:
        self.cpu: Counter[str] = Counter()
        self.wall: Counter[str] = Counter()

    def time(self, what: str, work: Callable[..., Any], *given: Any) -> Any:
        cpu, wall = time.process_time(), time.perf_counter()
        done = work(*given)
        self.cpu[what] += time.process_time() - cpu
        self.wall[what] += time.perf_counter() - wall
        return done


def deliveries(folder: pathlib.Path) -> Iterator[pa.Table]:
    for source in world.SOURCES:
        yield pq.read_table(folder / f"source_{source.name}.parquet")


def places(keys: pa.ChunkedArray) -> np.ndarray:
    """p00000012 → 12."""
    return np.asarray(pc.cast(pc.utf8_slice_codeunits(keys, 1), pa.int64()))


def exact(folder: pathlib.Path, clock: Clock) -> Iterator[tuple[pa.Table, Found]]:
    """The bare join of two columns of text: what it costs at the least, and what it misses."""
    import duckdb

    persons = pq.read_table(folder / "persons.parquet", columns=["key", "id_number"])
    connection = duckdb.connect()
    join = "SELECT p.key AS person, r.key AS record FROM persons p JOIN rows r ON p.id_number = r.id_number WHERE r.id_number <> ''"  # noqa: E501
    for table in deliveries(folder):
        connection.register("persons", persons)
        connection.register("rows", table.select(["key", "id_number"]))
        links = clock.time("link", lambda: connection.sql(join).to_arrow_table())
        yield table, (places(links["record"]), places(links["person"]), np.ones(len(links), bool))


def named(folder: pathlib.Path, clock: Clock) -> Iterator[tuple[pa.Table, Found]]:
    """The canonical number and the same name or reading: automatic; another name: to a person."""
    import duckdb

    from opendibao.verification.linkage.normalising import GIVEN, normalise

    persons = clock.time("normalise", normalise, pq.read_table(folder / "persons.parquet", columns=list(GIVEN)))
    connection = duckdb.connect()
    connection.register("persons", persons.select(["key", "id18", "pinyin"]))
    join = """SELECT p.key AS person, r.key AS record, p.pinyin = r.pinyin AS automatic
        FROM persons p JOIN rows r ON p.id18 = r.id18 WHERE r.id18 <> ''"""
    for table in deliveries(folder):
        rows = clock.time("normalise", normalise, table.select(GIVEN))
        connection.register("rows", rows.select(["key", "id18", "pinyin"]))
        links = clock.time("link", lambda: connection.sql(join).to_arrow_table())
        yield table, (places(links["record"]), places(links["person"]), np.asarray(links["automatic"]))


def tiers(folder: pathlib.Path, clock: Clock) -> Iterator[tuple[pa.Table, Found]]:
    from opendibao.verification.linkage.engine import Linker
    from opendibao.verification.linkage.model import model_on
    from opendibao.verification.linkage.normalising import GIVEN, normalise

    persons = clock.time("normalise", normalise, pq.read_table(folder / "persons.parquet", columns=list(GIVEN)))
    linker = clock.time("link", Linker, persons)
    for source, table in zip(world.SOURCES, deliveries(folder), strict=True):
        rows = clock.time("normalise", normalise, table.select(GIVEN))
        links = clock.time("link", linker.link, rows, model_on(DAY, source.name))
        automatic = np.asarray(pc.not_equal(links["tier"], "review"))
        yield table, (places(links["record"]), places(links["person"]), automatic)


def splink(folder: pathlib.Path, clock: Clock) -> Iterator[tuple[pa.Table, Found]]:
    """All deliveries at once, with the model and the thresholds that seed 1 gave."""
    import matching_splink as peer

    trained = json.loads((folder / "splink.json").read_text())
    table = pa.concat_tables(deliveries(folder))
    persons, rows = clock.time("normalise", peer.prepared, folder)
    links = clock.time("link", peer.predicted, persons, rows, trained)
    yield table, peer.chosen(links, trained["automatic"], trained["review"])


METHODS = {EXACT: exact, NAMED: named, TIERS: tiers, SPLINK: splink}


def judged(table: pa.Table, found: Found, sums: Counter[str]) -> None:
    """Compare the links of a delivery with the truth; a true pair is found when its row has the right person."""
    rows, persons, automatic = found
    rows = rows - int(table["key"][0].as_py()[1:])
    truth, damage = np.asarray(table["person"]), np.asarray(table["id_damage"])
    is_right = truth[rows] == persons
    is_ours = truth >= 0
    by_machine, by_anybody = np.zeros(len(truth), bool), np.zeros(len(truth), bool)
    by_machine[rows[automatic & is_right]] = True
    by_anybody[rows[is_right]] = True
    sums.update(
        rows=len(truth), pairs=int(is_ours.sum()), automatic=int(automatic.sum()),
        wrong=int((automatic & ~is_right).sum()), right=int(by_machine.sum()), known=int(by_anybody.sum()),
        review=int((~automatic).sum()),
    )  # fmt: skip
    for number, kind in enumerate(("none", *world.ID_DAMAGE)):
        of_kind = is_ours & (damage == number)
        sums.update({f"{kind} pairs": int(of_kind.sum()), f"{kind} right": int((of_kind & by_machine).sum())})


def one(method: str, folder: pathlib.Path) -> None:
    """In a process of its own: match all deliveries and print what was found and what it took."""
    clock, sums = Clock(), Counter[str]()
    for table, found in METHODS[method](folder, clock):
        judged(table, found, sums)
    rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"sums": sums, "cpu": clock.cpu, "wall": clock.wall, "rss_mb": rss}))


def measured(method: str, n: int, folder: pathlib.Path) -> dict[str, Any]:
    command = [sys.executable, __file__, "--one", method, str(folder)]
    told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    sums, cpu, wall = Counter(told["sums"]), told["cpu"], told["wall"]
    damages = {
        kind: [sums[f"{kind} pairs"], round(sums[f"{kind} right"] / sums[f"{kind} pairs"], 4)]
        for kind in ("none", *world.ID_DAMAGE) if sums[f"{kind} pairs"]
    }  # fmt: skip
    return {
        "what": method, "n": n, "rows": sums["rows"], "pairs": sums["pairs"],
        "cpu_s": round(cpu["link"], 2), "normalise_cpu_s": round(cpu.get("normalise", 0), 2),
        "wall_s": round(sum(wall.values()), 2), "rss_mb": told["rss_mb"], "peer": method in PEERS,
        "precision": round(1 - sums["wrong"] / max(sums["automatic"], 1), 6), "wrong": sums["wrong"],
        "recall": round(sums["right"] / sums["pairs"], 5),
        "recall_with_review": round(sums["known"] / sums["pairs"], 5),
        "review_per_1000_links": round(1000 * sums["review"] / max(sums["automatic"], 1), 2), "by_damage": damages,
    }  # fmt: skip


def written(folder: pathlib.Path, n: int, seed: int, rows: int = 0) -> None:
    """A world, made in a process of its own: a child begins with the memory its parent has taken."""
    command = [sys.executable, str(pathlib.Path(world.__file__)), str(folder)]
    given = ["--persons", str(n), "--seed", str(seed), "--records", str(rows)]
    subprocess.run([*command, *given], check=True)


def trained(folder: pathlib.Path, n: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """The model that Splink learns in a world of another seed, and what that took."""
    written(folder, n, TRAINING)
    command = [sys.executable, str(pathlib.Path(__file__).with_name("matching_splink.py")), "--train", str(folder)]
    told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    row = {"what": "Splink 5: training", "n": n, "peer": True, **told["took"]}
    return told["model"], row


def figures(folder: pathlib.Path, n: int, rows: int, seed: int) -> list[dict[str, Any]]:
    """The methods at the size that is asked for, then Splink and our tiers at a size Splink can do."""
    place = folder / f"world-{n}"
    written(place, n, seed, rows)
    found = [measured(method, n, place) for method in (EXACT, NAMED, TIERS)]
    few = min(n, PEER)
    model, training = trained(folder / "training", few)
    small = place if few == n else folder / f"world-{few}"
    if few != n:
        written(small, few, seed)
        found.append(measured(TIERS, few, small))
    (small / "splink.json").write_text(json.dumps(model))
    return [*found, measured(SPLINK, few, small), training]


def show(rows: list[dict[str, Any]]) -> None:
    head = (
        "what",
        "persons",
        "rows",
        "precision",
        "wrong",
        "recall",
        "+review",
        "review/1000",
        "link",
        "norm.",
        "wall",
        "MB",
    )
    print("{:20}{:>9}{:>10}{:>11}{:>7}{:>9}{:>9}{:>12}{:>8}{:>8}{:>8}{:>7}".format(*head))
    for row in rows:
        if "precision" not in row:
            print(
                f"{row['what']:20}{row['n']:>9}{'':>67}{row['cpu_s']:>8.2f}{'':>8}{row['wall_s']:>8.2f}{row['rss_mb']:>7}"
            )
            continue
        print(
            f"{row['what']:20}{row['n']:>9}{row['rows']:>10}{row['precision']:>11.6f}{row['wrong']:>7}{row['recall']:>9.5f}"
            f"{row['recall_with_review']:>9.5f}{row['review_per_1000_links']:>12.2f}{row['cpu_s']:>8.2f}"
            f"{row['normalise_cpu_s']:>8.2f}{row['wall_s']:>8.2f}{row['rss_mb']:>7}"
        )
    told = [row for row in rows if "by_damage" in row]
    print("\nrecall (automatic) by what happened to the number")
    print(f"{'':14}{'pairs':>10}" + "".join(f"{row['what'] + ' ' + str(row['n']):>26}" for row in told))
    for kind in ("none", *world.ID_DAMAGE):
        pairs = told[0]["by_damage"].get(kind, [0])[0]
        cells = (row["by_damage"].get(kind, [0, None])[1] for row in told)
        print(f"{kind:14}{pairs:>10}" + "".join(f"{'' if cell is None else cell:>26}" for cell in cells))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--small", action="store_true", help="a thousand persons")
    options.add_argument("--persons", type=int, default=COUNTY, help="how many persons (a county: ten thousand)")
    options.add_argument("--records", type=int, default=0, help="about how many rows in all; by default five a person")
    options.add_argument("--seed", type=int, default=SEED, help="of the world that is measured (1 is for tuning)")
    options.add_argument("--json", type=pathlib.Path, help="write the figures to this file")
    options.add_argument("--one", nargs=2, metavar=("METHOD", "DIR"), help=argparse.SUPPRESS)
    asked = options.parse_args()
    if asked.one:
        one(asked.one[0], pathlib.Path(asked.one[1]))
        return
    with tempfile.TemporaryDirectory(prefix="opendibao-bench-") as name:
        rows = figures(pathlib.Path(name), SMALL if asked.small else asked.persons, asked.records, asked.seed)
    print(f"load {os.getloadavg()[0]:.1f}, processors {os.cpu_count()}")
    show(rows)
    if asked.json:
        asked.json.write_text(json.dumps(rows, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
