"""Opening import of a county: its roster of faults comes in, the corrected one after it, the act is signed.

floor: reading both sheets with calamine and one COPY of the bare rows into a table without constraints, unchecked.
"""

import argparse
import json
import os
import pathlib
import resource
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime

from opendibao.config import embedded
from opendibao.demo.county import plan_county
from opendibao.demo.plan import CountyPlan
from opendibao.demo.roster_file import RosterFiles, write_roster
from opendibao.demo.targets import default_targets, parse_targets

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
SHEETS = ("户", "人")


def measured(what: str, n: int, work: Callable[[], object], *, peer: bool = False) -> dict[str, object]:
    """CPU of this process and wall time (the database works in another) of one piece of work."""
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {"what": what, "n": n, "cpu_s": round(cpu, 3), "wall_s": round(wall, 3), "rss_mb": rss, "peer": peer}


def floor(path: pathlib.Path) -> None:
    from django.db import connection, transaction
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(str(path))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE bare (cells text[]) ON COMMIT DROP")
        with cursor.copy("COPY bare FROM STDIN") as copy:
            for sheet in SHEETS:
                for row in book.get_sheet_by_name(sheet).to_python(skip_empty_area=False):
                    copy.write_row([[str(cell) for cell in row]])


def figures(plan: CountyPlan, files: RosterFiles) -> list[dict[str, object]]:
    from opendibao.audit.session import acting
    from opendibao.decision import opening
    from opendibao.kernel.duties import EVERY_DUTY
    from opendibao.registry.actions import load_divisions

    at, on, count = datetime(2024, 1, 2, 1, tzinfo=UTC), date(2024, 1, 2), len(plan.opening)
    county = plan.county_code
    with acting("测速", county[:6], EVERY_DUTY):
        load_divisions([("county", county, plan.county_name, ""), *plan.divisions], at=at)
        rows = [measured("floor: calamine + COPY of the bare rows", count, lambda: floor(files.first), peer=True)]
        steps: list[tuple[str, Callable[[], object]]] = [
            ("bring in the roster", lambda: opening.bring_in_roster(files.first, division=county, at=at)),
            ("bring in the corrected", lambda: opening.bring_in_roster(files.corrected, division=county, at=at)),
            ("sign the act", lambda: opening.sign_opening_act(county, on=on, first="甲", second="乙", at=at)),
        ]  # fmt: skip
        done = [measured(what, count, work) for what, work in steps]
        counts = opening.dual_track_counts()
    if counts.households != count or counts.differing:
        raise SystemExit(f"the opening is not the plan: {counts}")
    print(f"双轨核对：{counts.same} 户一致，{counts.unjudged} 户缺少情况")
    total = {"what": "opening import, all", "n": count, "rss_mb": done[-1]["rss_mb"], "peer": False}
    total |= {key: round(sum(float(str(row[key])) for row in done), 3) for key in ("cpu_s", "wall_s")}
    return [*rows, *done, total]


def show(rows: list[dict[str, object]]) -> None:
    base = float(str(rows[0]["wall_s"])) or 0.001
    print(f"{'what':44}{'n':>7}{'cpu s':>9}{'wall s':>9}{'× floor':>9}")
    for row in rows:
        wall = float(str(row["wall_s"]))
        print(f"{row['what']!s:44}{row['n']!s:>7}{row['cpu_s']!s:>9}{wall:>9.3f}{wall / base:>9.1f}")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--small", action="store_true", help="a county of 200 households")
    options.add_argument("--json", type=pathlib.Path, help="write the figures to this file")
    asked = options.parse_args()
    plan = plan_county(parse_targets(SMALL) if asked.small else default_targets())
    name = f"bench_{os.getpid()}"
    server = embedded.start(pathlib.Path("var/bench/pg"))
    try:
        embedded.ensure_database(server, name)
        os.environ["DATABASE_URL"] = server.url(name, role=embedded.APP)
        os.environ["DATABASE_OWNER_URL"] = server.url(name, role=embedded.OWNER)
        os.environ["DJANGO_SETTINGS_MODULE"] = "opendibao.config.demo"
        with tempfile.TemporaryDirectory() as folder:
            rows = _measure(plan, write_roster(plan, pathlib.Path(folder)))
    finally:
        _drop(server, name)
        server.stop()
    show(rows)
    if asked.json:
        asked.json.write_text(json.dumps(rows, ensure_ascii=False, indent=1))


def _measure(plan: CountyPlan, files: RosterFiles) -> list[dict[str, object]]:
    import django
    from django.db import connection

    from opendibao.commands.setup import migrate

    django.setup()
    migrate()
    try:
        return figures(plan, files)
    finally:
        connection.close()


def _drop(server: embedded.Server, name: str) -> None:
    import psycopg

    with psycopg.connect(server.url("postgres", role=embedded.OWNER), autocommit=True) as owner:
        owner.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
