"""The law over a snapshot: all rules in columns against the bare scan of what they read; twenty-two rules against
OpenFisca-core and a plain Python loop; growth; one household with every step.

Each figure is the median of so many processes: seconds of the processor from the first byte read to the last written,
without the start of Python and the loading of the rules, which are a row of their own. No second is asserted.
"""

import argparse
import functools
import json
import os
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date

MONTH, POLICY = date(2024, 6, 1), "jx-demo-2024"
SMALL, MIDDLE, LARGE, HUGE = 20_000, 100_000, 1_000_000, 10_000_000
LOOP = "22 rules: plain Python loop"
PEERS = ("floor: bare scan of the same columns, a group at a time", "floor: the same columns, whole tables in memory")
ALL = "all rules: read, decide, write"
SUBSET = ("22 rules: ours in columns", "22 rules: OpenFisca-core, int64 by hand")


def _decide(folder: pathlib.Path) -> object:
    from opendibao.rules.batch import assess_snapshot

    with tempfile.TemporaryDirectory() as out:
        return assess_snapshot(folder, MONTH, pathlib.Path(out) / "decided.parquet")


def _scan(columns: dict[str, list[str]], whole: bool, folder: pathlib.Path) -> object:
    import pyarrow.parquet as pq

    if whole:
        return sum(
            pq.read_table(folder / f"{entity}.parquet", columns=names).nbytes for entity, names in columns.items()
        )
    files = {entity: pq.ParquetFile(folder / f"{entity}.parquet") for entity in columns}
    return sum(
        file.read_row_group(group, columns=columns[entity], use_threads=False).num_rows
        for entity, file in files.items() for group in range(file.num_row_groups)
    )  # fmt: skip


def _start(folder: pathlib.Path) -> object:
    from opendibao.rules.law import law_of

    return len(law_of(POLICY).on(MONTH)[0].order)


def work_of(what: str, folder: pathlib.Path) -> Callable[[pathlib.Path], object]:
    """What a process does, with everything imported and the rules loaded before the clock starts."""
    from opendibao.rules.batch import columns_read
    from opendibao.rules.law import law_of

    law = law_of(POLICY)
    if what in PEERS:
        return functools.partial(_scan, columns_read(folder, MONTH, law), what == PEERS[1])
    import rules_subset

    return {
        ALL: _decide,
        SUBSET[0]: rules_subset.ours,
        SUBSET[1]: rules_subset.openfisca,
        LOOP: rules_subset.python_loop,
    }[what]


def one(what: str, folder: pathlib.Path) -> None:
    """In a process of its own: do it once and print what it took."""
    loading = time.process_time()
    work = _start if what == START else work_of(what, folder)
    cpu, wall = (0.0 if what == START else time.process_time()), time.perf_counter()
    loading = time.process_time() - loading
    found = work(folder)
    took = time.process_time() - cpu
    rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"cpu_s": took, "wall_s": time.perf_counter() - wall, "rss_mb": rss, "found": found}))


START = "start: Python, imports, rules traced and checked"


def measured(what: str, n: int, folder: pathlib.Path, times: int) -> dict[str, object]:
    """The median of so many processes."""
    command = [sys.executable, __file__, "--one", what, str(folder)]
    rows = [
        json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout) for _ in range(times)
    ]
    middle = {name: statistics.median(row[name] for row in rows) for name in ("cpu_s", "wall_s", "rss_mb")}
    assert len({str(row["found"]) for row in rows}) == 1, what
    is_peer = what in PEERS or what in (SUBSET[1], LOOP)
    return {
        "what": what,
        "n": n,
        **{k: round(v, 3) for k, v in middle.items()},
        "peer": is_peer,
        "found": rows[0]["found"],
    }


def one_household(times: int) -> list[dict[str, object]]:
    """A family with four members decided with reasons and every step, and without; the case is read before."""
    from importlib.resources import files

    from opendibao.rules import assess, read_case

    text = (files("opendibao.rules") / "golden" / "G12.yaml").read_text("utf-8")
    import yaml

    case = read_case(yaml.safe_dump(yaml.safe_load(text)["case"], allow_unicode=True))
    rows = []
    for what, trace in (("one household with every step", True), ("one household without steps", False)):
        assess(case, trace=trace)
        walls, cpus = [], []
        for _ in range(times):
            cpu, wall = time.process_time(), time.perf_counter()
            assess(case, trace=trace)
            walls.append(time.perf_counter() - wall)
            cpus.append(time.process_time() - cpu)
        middle = round(statistics.median(cpus), 6), round(statistics.median(walls), 6)
        rows.append({"what": what, "n": 1, "cpu_s": middle[0], "wall_s": middle[1], "rss_mb": 0, "peer": False})
    return rows


def figures(folder: pathlib.Path, n: int, times: int, largest: int) -> list[dict[str, object]]:
    """All rows of the table; the sums of every engine on the subset are the same."""
    made = functools.partial(snapshot, folder)
    rows = [measured(START, n, made(n), times)]
    rows += [measured(what, n, made(n), times) for what in (*PEERS, ALL, *SUBSET)]
    few = min(n, MIDDLE)
    again = SUBSET if few != n else ()
    rows += [measured(what, few, made(few), times) for what in (*again, LOOP)]
    for size in (n, few):
        found = {str(row["found"]) for row in rows if row["n"] == size and str(row["what"]).startswith("22 rules")}
        assert len(found) == 1, found
    sizes = [size for size in (MIDDLE, HUGE) if size not in (n,) and size <= largest]
    rows += [measured(what, size, made(size), times) for size in sizes for what in (PEERS[0], ALL)]
    return [*rows, *one_household(2000 if n >= LARGE else 200)]


def snapshot(folder: pathlib.Path, n: int) -> pathlib.Path:
    """Fictional households, written once."""
    from opendibao.rules.snapshot import write_snapshot

    if not (folder / str(n)).exists():
        write_snapshot(n, 7, folder / str(n), POLICY)
    return folder / str(n)


def show(rows: list[dict[str, object]]) -> None:
    print(f"{'what':58}{'households':>11}{'cpu s':>10}{'wall s':>10}{'MB':>7}{'× floor':>9}")
    floors = {row["n"]: float(str(row["cpu_s"])) for row in rows if row["what"] == PEERS[0]}
    for row in rows:
        cpu, floor = float(str(row["cpu_s"])), floors.get(row["n"], 0)
        ratio = f"{cpu / floor:>9.2f}" if floor else f"{'':>9}"
        print(
            f"{row['what']!s:58}{row['n']!s:>11}{cpu:>10.4f}{float(str(row['wall_s'])):>10.4f}{row['rss_mb']!s:>7}{ratio}"
        )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--small", action="store_true", help="twenty thousand households, once each")
    options.add_argument("--huge", action="store_true", help="ten million households too")
    options.add_argument("--times", type=int, default=3, help="processes of which the median is taken")
    options.add_argument("--var", type=pathlib.Path, help="folder in which snapshots are kept from run to run")
    options.add_argument("--json", type=pathlib.Path, help="write the figures to this file")
    options.add_argument("--one", nargs=2, metavar=("WHAT", "DIR"), help=argparse.SUPPRESS)
    asked = options.parse_args()
    if asked.one:
        one(asked.one[0], pathlib.Path(asked.one[1]))
        return
    with tempfile.TemporaryDirectory(prefix="opendibao-bench-") as name:
        n, times = (SMALL, 1) if asked.small else (LARGE, asked.times)
        largest = HUGE if asked.huge else 0 if asked.small else LARGE
        rows = figures(asked.var or pathlib.Path(name), n, times, largest)
    print(f"load {os.getloadavg()[0]:.1f}, processors {os.cpu_count()}")
    show(rows)
    if asked.json:
        asked.json.write_text(json.dumps(rows, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
