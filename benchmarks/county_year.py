"""A whole county and its year by the real command, from the plan to the report's files.

floor: the finished county's rows written again by pg_dump and pg_restore of the same server: rows with all their
indexes and constraints, but no rule asked, no step walked, no event chained.
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
from collections.abc import Callable

from opendibao.config import embedded

SMALL = """
county: "360429"
year: 2024
policy: jx-demo-2024
seed: 1
opening: {households: 200, persons: 380}
entered: {households: 16, persons: 30}
left: {households: 22, persons: 54}
closing: {rural: {households: 150, persons: 283}, urban: {households: 44, persons: 73}}
paid_wan_yuan: {rural: "177.84", urban: "56.06", total: "233.90"}
sheet: {rural_paid: 178, urban_paid: 56, rural_persons: 300, urban_persons: 80, trainings: 4}
"""


def measured(what: str, n: int, work: Callable[[], object], *, peer: bool = False) -> dict[str, object]:
    """CPU of the processes that were waited for (the database among them where they stop it) and wall time."""
    before, wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    work()
    after, wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter() - wall
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {
        "what": what, "n": n, "cpu_s": round(cpu, 3), "wall_s": round(wall, 3), "rss_mb": after.ru_maxrss // 1024,
        "peer": peer,
    }  # fmt: skip


def build(folder: pathlib.Path, small: bool) -> None:
    wanted = []
    if small:
        (folder / "targets.yaml").write_text(SMALL, "utf-8")
        wanted = ["--targets", str(folder / "targets.yaml")]
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("DATABASE", "DJANGO", "OPENDIBAO"))}
    command = [sys.executable, "-m", "opendibao.commands.main", "demo", *wanted, "--out", str(folder / "var")]
    subprocess.run([*command, "--no-serve"], env=kept, check=True)


def rewrite(server: embedded.Server, folder: pathlib.Path) -> None:
    embedded.ensure_database(server, "again")
    tools, dump = embedded.binaries(), folder / "county.dump"
    source, target = (server.url(name, role=embedded.OWNER) for name in ("county", "again"))
    subprocess.run([tools / "pg_dump", "-Fc", "-Z0", "-f", dump, source], check=True)
    subprocess.run([tools / "pg_restore", "-d", target, dump], check=True)


def figures(small: bool) -> list[dict[str, object]]:
    with tempfile.TemporaryDirectory(prefix="opendibao-bench-") as name:
        folder = pathlib.Path(name)
        made = measured("county, year and report", 0, lambda: build(folder, small))
        server = embedded.start(folder / "var" / "pg")
        try:
            floor = measured(
                "floor: the same rows by pg_dump | pg_restore", 0, lambda: rewrite(server, folder), peer=True
            )
        finally:
            server.stop()
        found = json.loads((folder / "var" / "reports" / "2024" / "figures.json").read_text("utf-8"))["figures"]
    count = next(one["rows"] for one in found if one["id"] == "paid")
    return [{**floor, "n": count}, {**made, "n": count}]


def show(rows: list[dict[str, object]]) -> None:
    base = float(str(rows[0]["wall_s"])) or 0.001
    print(f"{'what':48}{'payments':>9}{'cpu s':>9}{'wall s':>9}{'× floor':>9}")
    for row in rows:
        wall = float(str(row["wall_s"]))
        print(f"{row['what']!s:48}{row['n']!s:>9}{row['cpu_s']!s:>9}{wall:>9.3f}{wall / base:>9.1f}")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--small", action="store_true", help="a county of 200 households")
    options.add_argument("--json", type=pathlib.Path, help="write the figures to this file")
    asked = options.parse_args()
    rows = figures(asked.small)
    show(rows)
    if asked.json:
        asked.json.write_text(json.dumps(rows, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
