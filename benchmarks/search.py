"""Looking for a family in a county: the list that comes while one types, and the page that comes with Enter.

floor: one household by its number, through the same middleware, session and row-level security, answered as plain
text. `--var` names a folder with a county that the demonstration made; without it a small one is made first.
"""

import argparse
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

from county_year import SMALL
from django.http import HttpRequest, HttpResponse

TIMES, SMALL_TIMES = 60, 10
HTMX = {"HX-Request": "true"}


def made(folder: pathlib.Path) -> pathlib.Path:
    """A small county by the real command."""
    (folder / "targets.yaml").write_text(SMALL, "utf-8")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("DATABASE", "DJANGO", "OPENDIBAO"))}
    command = [sys.executable, "-m", "opendibao.commands.main", "demo", "--targets", str(folder / "targets.yaml")]
    subprocess.run([*command, "--out", str(folder / "var"), "--no-serve"], env=kept, check=True)
    return folder / "var"


def one_row(request: HttpRequest, number: str) -> HttpResponse:
    from opendibao.registry.queries import household

    found = household(number)
    return HttpResponse(found.number if found else "")


def measured(what: str, n: int, times: int, ask: Callable[[], int], *, peer: bool = False) -> dict[str, object]:
    """Median of wall and processor time of one answer, the first one left out."""
    assert ask() == 200, what
    walls, cpus = [], []
    for _ in range(times):
        cpu, wall = time.process_time(), time.perf_counter()
        ask()
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
    rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {
        "what": what, "n": n, "cpu_s": round(statistics.median(cpus), 5), "wall_s": round(statistics.median(walls), 5),
        "p95_s": round(sorted(walls)[int(times * 0.95)], 5), "rss_mb": rss, "peer": peer,
    }  # fmt: skip


def figures(var: pathlib.Path, times: int) -> list[dict[str, object]]:
    from opendibao.commands.setup import django_setup

    django_setup(var=var)
    from django.test import Client

    from opendibao.audit.session import acting
    from opendibao.kernel.duties import Duty
    from opendibao.registry.queries import search
    from opendibao.web.access import READERS, page
    from opendibao.web.urls import urlpatterns

    urlpatterns.append(page("floor/<str:number>", one_row, "floor", to=READERS))
    with acting("测速", "360429", {Duty.OVERSEE}):
        (some,), total = search("999999-", limit=1)
    client = Client(SERVER_NAME="localhost")

    def typed(text: str) -> Callable[[], int]:
        return lambda: client.get("/search", {"q": text}, headers=HTMX).status_code

    rows = [
        measured("floor: one household by its number", total, times, lambda: client.get(
            f"/floor/{some.household}").status_code, peer=True),
    ]  # fmt: skip
    asked = {
        "initials wxy": "wxy", "one initial w": "w", "surname 王": "王", "four last places": some.id_number[-4:],
        "household number": some.household, "village": some.village[:2], "nobody": "zzzzzz",
    }  # fmt: skip
    rows += [measured(f"while typing: {what}", total, times, typed(text)) for what, text in asked.items()]
    listed = measured("with Enter: surname 王, a page of 50", total, times, lambda: client.get(
        "/search", {"q": "王"}).status_code)  # fmt: skip
    return [*rows, listed]


def show(rows: list[dict[str, object]]) -> None:
    base = float(str(rows[0]["wall_s"])) or 0.001
    print(f"{'what':44}{'households':>11}{'cpu ms':>9}{'wall ms':>9}{'p95 ms':>9}{'× floor':>9}")
    for row in rows:
        cpu, wall, late = (float(str(row[name])) for name in ("cpu_s", "wall_s", "p95_s"))
        ms = f"{cpu * 1000:>9.1f}{wall * 1000:>9.1f}{late * 1000:>9.1f}"
        print(f"{row['what']!s:44}{row['n']!s:>11}{ms}{wall / base:>9.1f}")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--small", action="store_true", help="fewer answers")
    options.add_argument("--var", type=pathlib.Path, help="folder of a county that the demonstration made")
    options.add_argument("--json", type=pathlib.Path, help="write the figures to this file")
    asked = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="opendibao-bench-") as name:
        rows = figures(asked.var or made(pathlib.Path(name)), SMALL_TIMES if asked.small else TIMES)
    show(rows)
    if asked.json:
        asked.json.write_text(json.dumps(rows, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
