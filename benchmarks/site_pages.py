"""Server time and queries of every page at a county's size, counted afresh and from memory, against the smallest page.

floor: the sign-in page, which touches no table of the county. `afresh` is the first view after a decision or a payment
anywhere in the county; `kept` is every view until the next one. Network and browser are not part of this.
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from typing import Any

from county_year import SMALL

REPEATS = 5
PAGES = (
    "/", "/today/", "/rows/households/?year=2024", "/rows/persons/?year=2024&page=90", "/rows/paid/?year=2024",
    "/rows/paid/?year=2024&month=2024-12", "/rows/months/?year=2024", "/rows/entered/?year=2024",
    "/rows/entered-persons/?year=2024", "/rows/left-persons/?year=2024", "/rows/returned/?year=2024", "/pay-runs/",
    "/pay-runs/2024-12/", "/search?q=wxy", "/search?q=王", "/leads/", "/hotline/", "/outreach/", "/budget/",
    "/evaluation/?year=2024", "/evaluation/scores/?year=2024", "/figures/indicator.02/", "/figures/indicator.15/",
    "/samples/accuracy/", "/opening/", "/opening/dual-track/", "/outbox/",
)  # fmt: skip
FLOOR, WHO = "/sign-in/", "county01"


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def measure(username: str) -> list[dict[str, object]]:
    """Every page as an officer sees it: the best of some views afresh, the best of some views kept, queries afresh."""
    from django.db import connection
    from django.test import Client

    from opendibao.accounts.queries import officer_named
    from opendibao.audit.session import acting
    from opendibao.kernel.duties import EVERY_DUTY
    from opendibao.web import remembering

    officer, backend = officer_named(username), "opendibao.accounts.sign_in.OfficerBackend"
    visitor, known = Client(SERVER_NAME="127.0.0.1"), Client(SERVER_NAME="127.0.0.1")
    with acting(username, "360429", EVERY_DUTY):
        known.force_login(officer, backend=backend)
    listed = known.get("/rows/households/?year=2024").content.decode()
    household = "/households/" + listed.split('href="/households/', 1)[1].split("/", 1)[0] + "/"
    found = []
    for page in (*PAGES, household, FLOOR):
        client = visitor if page == FLOOR else known
        if client.get(page).status_code != 200:
            raise SystemExit(f"{username} cannot open {page}")
        asked: list[str] = []

        def note(execute: Any, sql: str, *rest: Any, asked: list[str] = asked) -> Any:
            asked.append(sql)
            return execute(sql, *rest)

        def afresh(page: str = page, client: Client = client) -> object:
            remembering._found.clear()
            return client.get(page)

        with connection.execute_wrapper(note):
            afresh()
        fresh = min(seconds(afresh) for _ in range(REPEATS))
        kept = min(seconds(lambda page=page, client=client: client.get(page)) for _ in range(REPEATS))  # type: ignore[misc]
        found.append(
            {"what": page, "afresh_ms": round(fresh * 1000, 1), "kept_ms": round(kept * 1000, 1), "queries": len(asked),
             "peer": page == FLOOR}
        )  # fmt: skip
    return found


def demo_of(folder: pathlib.Path, *, small: bool) -> tuple[pathlib.Path, list[str]]:
    """The folder of a county and the command that builds it when it is not there yet, or serves it."""
    wanted: list[str] = []
    if small:
        (folder / "targets.yaml").write_text(SMALL, "utf-8")
        wanted, folder = ["--targets", str(folder / "targets.yaml")], folder / "var"
    return folder, [sys.executable, "-m", "opendibao.commands.main", "demo", *wanted, "--out", str(folder)]


def options_of(about: str | None) -> argparse.Namespace:
    """What the command line asks for."""
    options = argparse.ArgumentParser(description=about)
    options.add_argument("--small", action="store_true", help="a small county, built for this")
    options.add_argument("--county", type=pathlib.Path, default=pathlib.Path("var/bench/county"), help="built county")
    options.add_argument("--json", type=pathlib.Path, help="write the figures to this file")
    return options.parse_args()


def keep(path: pathlib.Path | None, rows: list[dict[str, object]]) -> None:
    """Write the figures where they are wanted."""
    if path:
        machine = {"cores": os.cpu_count(), "load": os.getloadavg()[0]}
        path.write_text(json.dumps({"machine": machine, "rows": rows}, ensure_ascii=False, indent=1), "utf-8")


def show(rows: list[dict[str, object]]) -> None:
    base = float(str(rows[-1]["kept_ms"]))
    print(f"{'page':48}{'afresh ms':>11}{'kept ms':>9}{'queries':>9}{'kept × floor':>14}")
    for row in rows:
        kept = float(str(row["kept_ms"]))
        print(f"{row['what']!s:48}{row['afresh_ms']!s:>11}{kept:>9.1f}{row['queries']!s:>9}{kept / base:>14.1f}")


def main() -> None:
    asked = options_of(__doc__)
    with tempfile.TemporaryDirectory() as folder:
        county, command = demo_of(pathlib.Path(folder) if asked.small else asked.county, small=asked.small)
        subprocess.run([*command, "--no-serve"], check=True, stdout=subprocess.DEVNULL)
        from opendibao.commands.setup import django_setup, migrate

        django_setup(var=county)
        migrate()
        rows = measure(WHO)
        show(rows)
    keep(asked.json, rows)


if __name__ == "__main__":
    main()
