"""Fifty clerks at once on the served site of a county, alone and while a pay run computes, against its smallest page.

floor: fifty visitors ask for the sign-in page, which touches no table of the county. Clerks think two seconds between
pages, which is less than anybody does; asking is done from the same machine and takes its share of the cores. A pay run
is computed every few seconds and taken back: only pages that were asked for while one was computing are counted there.
"""

import http.client
import multiprocessing
import pathlib
import random
import re
import socket
import statistics
import subprocess
import tempfile
import threading
import time
import urllib.parse
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from site_pages import demo_of, keep, options_of

CLERKS, SECONDS, THINK_S = 50, 40, 2.0
PAUSE_S = 4
SMALL_CLERKS, SMALL_SECONDS = 5, 4
# a township sees little and the county everything, which is the dearer page
ROLES = ("clerk01", "clerk01", "clerk01", "county01", "county02")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
HOUSEHOLD = re.compile(r'href="(/households/[^"/]+/)"')
SEARCHES = ("wxy", "王", "zh", "李", "lm", "陈")
# what a clerk's day is made of: page, share in a hundred
MIX = (
    ("/today/", 20),
    ("/search?q={word}", 25),
    ("{household}", 25),
    ("/rows/households/?year=2024&page={page}", 8),
    ("/rows/paid/?year=2024&month=2024-12", 7),
    ("/leads/", 5),
    ("/hotline/", 5),
    ("/?year=2024", 5),
)


@dataclass
class Clerk:
    """One clerk's browser: his cookies, and what he had to wait for."""

    port: int
    number: int
    households: list[str] = field(default_factory=list)
    cookies: dict[str, str] = field(default_factory=dict)
    waits: list[tuple[float, float]] = field(default_factory=list)  # when asked, how long it took
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        self.chance = random.Random(self.number)

    def ask(self, address: str, form: dict[str, str] | None = None) -> tuple[int, str]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if form is not None:
            body = urllib.parse.urlencode(form)
            headers |= {"Content-Type": "application/x-www-form-urlencoded"}
        quoted = urllib.parse.quote(address, safe="/?=&%")
        self.connection.request("GET" if form is None else "POST", quoted, body, headers)
        answer = self.connection.getresponse()
        text = answer.read().decode()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.split(";", 1)[0].partition("=")
            self.cookies[name] = value
        return answer.status, text

    def sign_in(self) -> None:
        """Take an officer's role, as the demonstration allows on the loopback."""
        _, page = self.ask("/")
        found = TOKEN.search(page)
        if found is None:
            raise SystemExit("the county page offers no roles: was the site started by `opendibao demo`?")
        username = ROLES[self.number % len(ROLES)]
        status, _ = self.ask(f"/roles/{username}/", {"csrfmiddlewaretoken": found[1]})
        if status != 302:
            raise SystemExit(f"{username} cannot take his role: {status}")
        _, page = self.ask("/rows/households/?year=2024")
        self.households = HOUSEHOLD.findall(page)

    def work(self, seconds: float, pages: Sequence[tuple[str, int]]) -> None:
        """Open page after page, thinking between them, until the time is over."""
        until = time.monotonic() + seconds
        time.sleep(self.chance.random() * THINK_S)
        while time.monotonic() < until:
            pattern = self.chance.choices([page for page, _ in pages], [share for _, share in pages])[0]
            address = pattern.format(
                word=self.chance.choice(SEARCHES), household=self.chance.choice(self.households or ["/"]), page=1
            )
            start = time.time()
            status, _ = self.ask(address)
            self.waits.append((start, time.time() - start))
            if status != 200:
                self.faults.append(f"{status} {address}")
            time.sleep(self.chance.expovariate(1 / THINK_S))


Waits = list[tuple[float, float]]


def crowd(
    port: int, clerks: int, seconds: float, pages: Sequence[tuple[str, int]], *, signed_in: bool = True
) -> tuple[Waits, list[str]]:
    """All clerks at once; their waits and faults."""
    people = [Clerk(port, number) for number in range(clerks)]
    for one in people:
        if signed_in:
            one.sign_in()
    threads = [threading.Thread(target=one.work, args=(seconds, pages)) for one in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [wait for one in people for wait in one.waits], [fault for one in people for fault in one.faults]


def compute_until(var: str, stop: Any, times: Any) -> None:
    """Compute the next month's run again and again, and take it back each time."""
    from opendibao.commands.setup import django_setup

    django_setup(var=pathlib.Path(var))
    from datetime import UTC, date, datetime

    from django.conf import settings
    from django.db import transaction

    from opendibao.audit.session import acting
    from opendibao.kernel.duties import Duty
    from opendibao.kernel.ids import reach_of
    from opendibao.payment.actions import compute_run

    today = settings.OPENDIBAO_TODAY or date.today()
    at = datetime(today.year, today.month, today.day, tzinfo=UTC)
    while not stop.wait(PAUSE_S):
        start = time.time()
        with acting("测速", reach_of(settings.OPENDIBAO_COUNTY), {Duty.PAY}), transaction.atomic():
            compute_run(today.replace(day=1), on=today, at=at, maker="测速")
            transaction.set_rollback(True)
        times.put((start, time.time()))


@contextmanager
def pay_run_computing(var: pathlib.Path) -> Iterator[Any]:
    """A pay run computes beside the block; yields the queue of its times."""
    context = multiprocessing.get_context("spawn")
    stop, times = context.Event(), context.Queue()
    child = context.Process(target=compute_until, args=(str(var), stop, times))
    child.start()
    try:
        yield times
    finally:
        stop.set()
        child.join(60)


@contextmanager
def served(command: list[str]) -> Iterator[int]:
    """The county, built when it is not there yet and served by the real command; yields the port."""
    subprocess.run([*command, "--no-serve"], check=True, stdout=subprocess.DEVNULL)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    site = subprocess.Popen([*command, "--port", str(port)], stdout=subprocess.DEVNULL)
    try:
        for _ in range(300):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.2)
        yield port
    finally:
        site.terminate()
        site.wait(60)


def row(what: str, asked: Waits, faults: list[str], *, peer: bool = False) -> dict[str, object]:
    if faults:
        print(f"{len(faults)} faults, the first: {faults[0]}")
    waits = [wait for _, wait in asked]
    cuts = statistics.quantiles(waits, n=20)
    return {
        "what": what, "n": len(waits), "p50_ms": round(cuts[9] * 1000, 1), "p95_ms": round(cuts[18] * 1000, 1),
        "max_ms": round(max(waits) * 1000, 1), "errors": len(faults), "peer": peer,
    }  # fmt: skip


def measure(var: pathlib.Path, command: list[str], clerks: int, seconds: float) -> list[dict[str, object]]:
    with served(command) as port:
        crowd(port, clerks, seconds / 4, MIX)  # the first pages after a start
        found = [row(f"{clerks} clerks", *crowd(port, clerks, seconds, MIX))]
        with pay_run_computing(var) as times:
            time.sleep(PAUSE_S)
            waits, faults = crowd(port, clerks, seconds, MIX)
        runs = [times.get() for _ in range(times.qsize())]
        during = [each for each in waits if any(start <= each[0] + each[1] and each[0] <= end for start, end in runs)]
        found.append(row(f"{clerks} clerks while a pay run computes ({len(runs)} times)", during, faults))
        floor = crowd(port, clerks, seconds / 2, (("/sign-in/", 1),), signed_in=False)
        found.append(row("floor: the sign-in page", *floor, peer=True))
    return found


def show(rows: list[dict[str, object]]) -> None:
    base = float(str(rows[-1]["p95_ms"]))
    print(f"{'what':52}{'pages':>7}{'p50 ms':>9}{'p95 ms':>9}{'max ms':>9}{'errors':>8}{'× floor':>9}")
    for one in rows:
        p95 = float(str(one["p95_ms"]))
        print(
            f"{one['what']!s:52}{one['n']!s:>7}{one['p50_ms']!s:>9}{p95:>9.1f}{one['max_ms']!s:>9}{one['errors']!s:>8}"
            f"{p95 / base:>9.1f}"
        )


def main() -> None:
    asked = options_of(__doc__)
    crowd_size = (SMALL_CLERKS, SMALL_SECONDS) if asked.small else (CLERKS, SECONDS)
    with tempfile.TemporaryDirectory() as folder:
        rows = measure(*demo_of(pathlib.Path(folder) if asked.small else asked.county, small=asked.small), *crowd_size)
    show(rows)
    keep(asked.json, rows)


if __name__ == "__main__":
    main()
