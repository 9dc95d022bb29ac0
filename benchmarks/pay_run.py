"""One month's pay run of a county, from the freeze to the close, against a plain copy and the ORM's bulk_create;
and with --lines N the freeze alone, checks included, against the bare COPY of the same rows.

floor: the same number of lines by one INSERT … SELECT into a table without constraints;
peer: building and saving the lines with Django's bulk_create. Neither sends, books or reconciles anything.
"""

import argparse
import contextlib
import json
import os
import pathlib
import re
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

from opendibao.config import embedded

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import pay_county

HOUSEHOLDS, SMALL = 5300, 300
SERVER = pathlib.Path("var/bench/pg")
MONTHS = [date(2024, 1, 1), date(2024, 2, 1)]  # the second one meets tables that are filled already
AT = datetime(2024, 1, 3, tzinfo=UTC)
RETURNS_PER_THOUSAND = 3
DAY, WAIT = 5, 0.05
MOST = {"compute": 3.0, "send": 1.0, "reconcile": 5.0}
"""Seconds that a county of this size is promised; `reconcile` is taking the answers and every sum of the page."""
Row = dict[str, object]


def steps(month: date, folder: pathlib.Path) -> Iterator[tuple[str, Callable[[], object]]]:
    """The steps of one month as the officers take them, in order."""
    from opendibao.audit.session import acting
    from opendibao.kernel.duties import Duty
    from opendibao.kernel.ids import reach_of
    from opendibao.payment import actions
    from opendibao.payment.bank_return import write_result
    from opendibao.payment.reconciliation import exceptions, reconciliation
    from opendibao.payment.statements import agreeing, write_statement
    from opendibao.payment.three_way import three_way

    day = month.replace(day=DAY)
    now: Any = {"on": day, "at": AT}
    run = yield "compute", lambda: actions.compute_run(month, maker="甲", **now)
    pk = int(run.pk)

    def confirm() -> None:
        for town in pay_county.towns():
            with acting(f"经办{town}", reach_of(town), [Duty.ACCEPT]):
                actions.confirm_township(pk, town, **now)

    yield "confirm", confirm
    yield "sign", lambda: actions.sign_checks(pk, **now)
    yield "check", lambda: actions.check_run(pk, checker="乙", **now)
    yield "approve", lambda: actions.approve_run(pk, finance="丙", **now)
    yield "send", lambda: actions.send_run(pk, out_dir=folder, **now)
    sent = actions.sendings(pk)
    back = {each.e2e.split("-")[1]: "账户已销户" for each in sent[: len(sent) * RETURNS_PER_THOUSAND // 1000]}
    answer = write_result(sent, day, back)

    def reconcile() -> None:
        actions.take_return(pk, answer, **now)
        if not reconciliation(pk).holds:
            raise SystemExit("reconciliation does not add up")
        three_way(pk), exceptions(pk)

    def money() -> None:
        fen = sum(each.amount_fen for each in sent)
        actions.enter_voucher(pk, number=f"支{month}", issued_on=day, fen=fen, **now)
        actions.take_statement(pk, write_statement(agreeing(pk)), **now)

    yield "reconcile", reconcile
    yield "voucher", money
    yield "close", lambda: actions.close_run(pk, follower="甲", **now)


def run_month(month: date, folder: pathlib.Path) -> dict[str, float]:
    """Wall seconds of each step, and the processor seconds of both processes under its name with “cpu”."""
    times: dict[str, float] = {}
    walk, done, database = steps(month, folder), None, backend()
    with contextlib.suppress(StopIteration):
        while True:
            step, work = walk.send(done)  # type: ignore[attr-defined]
            start, cpu = time.perf_counter(), processor(database) + time.process_time()
            done = work()
            times[step] = time.perf_counter() - start
            times[f"{step} cpu"] = processor(database) + time.process_time() - cpu
    return times


def measured(what: str, n: int, work: Callable[[], object], *, peer: bool = False) -> Row:
    """CPU of this process and wall time (the database works in another) of one piece of work."""
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {"what": what, "n": n, "cpu_s": round(cpu, 3), "wall_s": round(wall, 3), "rss_mb": rss, "peer": peer}


def floor() -> None:
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE plain (LIKE payment_payline) ON COMMIT DROP")
        cursor.execute("INSERT INTO plain SELECT * FROM payment_payline WHERE month = %s", [MONTHS[0]])


def peer() -> None:
    from django.db import transaction

    from opendibao.payment.models import PayLine, PayRun

    with transaction.atomic():
        month = date(2024, 3, 1)  # a list takes lines only while it is computed
        run = PayRun.objects.create(
            month=month, division=pay_county.COUNTY, due_on=month, frozen_on=month, state="computed", maker="甲"
        )
        lines = list(PayLine.objects.filter(month=MONTHS[0]))
        for line in lines:
            line.pk, line.run, line.month = None, run, month
        PayLine.objects.bulk_create(lines, batch_size=1000)
        transaction.set_rollback(True)


def months(owner_url: str, count: int) -> list[Row]:
    """Two whole months, the ledger's check, the floor and the peer."""
    from opendibao.payment.ledger import verify

    found = []
    with tempfile.TemporaryDirectory() as folder:
        for month in MONTHS:
            times: dict[str, float] = {}
            what = f"pay run {month:%Y-%m}, freeze to close"
            row = measured(what, count, lambda m=month, t=times: t.update(run_month(m, pathlib.Path(folder))))  # type: ignore[misc]
            found.append({**row, "steps": {step: round(seconds, 3) for step, seconds in times.items()}})
            print(f"{month:%Y-%m}  " + "  ".join(f"{step} {seconds:.2f}s" for step, seconds in times.items()))
            late = [f"{step} {times[step]:.2f} > {most}" for step, most in MOST.items() if times[step] > most]
            print("         " + ("longer than promised: " + ", ".join(late) if late else "all as promised"))
    found.append(measured("ledger verify", count * len(MONTHS), lambda: _must_agree(verify().fault)))
    found.append(measured("floor: plain INSERT … SELECT of the lines", count, floor, peer=True))
    found.append(measured("peer: ORM bulk_create of the lines", count, peer, peer=True))
    return found


def _must_agree(fault: str) -> None:
    if fault:
        raise SystemExit(f"ledger at fault: {fault}")


def _anonymous_mb(pid: int) -> int:
    """Memory of a process that is its own: the database's shared buffers are not counted with every backend."""
    try:
        text = pathlib.Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    return int(re.search(r"RssAnon:\s+(\d+)", text)[1]) // 1024  # type: ignore[index]


def processor(pid: int) -> float:
    """Processor seconds of a process so far; beside wall time they tell what other work on the machine took."""
    ticks = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[11:13]
    return sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")


def backend() -> int:
    """The database's process that works for us."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


@contextlib.contextmanager
def watched(pids: dict[str, int]) -> Iterator[dict[str, int]]:
    """The most that each process held while the work went on, in MB."""
    most, over = dict.fromkeys(pids, 0), threading.Event()

    def watch() -> None:
        while not over.wait(WAIT):
            for who, pid in pids.items():
                most[who] = max(most[who], _anonymous_mb(pid))

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield most
    finally:
        over.set()
        thread.join()


class Slow:
    """Which statements took the time: name of what they do and the table they write or read first."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        start = time.perf_counter()
        done = execute(sql, params, many, context)
        named = re.search(r"(INSERT INTO|UPDATE|DELETE FROM|FROM)\s+\"?(\w+)", sql)
        what = " ".join(named.groups()) if named else sql.split(None, 1)[0]
        if kind := re.search(r"SELECT %\(run\)s.*?'([a-z]+_?[a-z]+)'", sql, re.S):
            what += f" ({kind[1]})"
        self.seconds[what] = self.seconds.get(what, 0.0) + time.perf_counter() - start
        return done


def build(owner_url: str, count: int) -> list[Row]:
    """The freeze of a million lines with every check, and the bare COPY of the same rows."""
    from django.db import connection

    from opendibao.payment import actions

    month, slow, database = MONTHS[0], Slow(), backend()
    before = processor(database)
    with watched({"process": os.getpid(), "database": database}) as most, connection.execute_wrapper(slow):
        what = "freeze with checks"
        day = month.replace(day=DAY)
        row = measured(what, count, lambda: actions.compute_run(month, on=day, at=AT, maker="甲"))
    row["database_cpu_s"] = round(processor(database) - before, 2)
    print(f"  processor seconds of the database {row['database_cpu_s']}, load {os.getloadavg()[0]:.1f}")
    for named, seconds in sorted(slow.seconds.items(), key=lambda pair: -pair[1])[:15]:
        print(f"  {seconds:8.2f} s  {named}")
    row |= {f"{who}_mb": mb for who, mb in most.items()}
    row["statements"] = {named: round(seconds, 2) for named, seconds in slow.seconds.items() if seconds > 0.1}
    return [row, bare_copy(owner_url, count)]


def bare_copy(owner_url: str, count: int) -> Row:
    """COPY of the same rows into a table that has neither index nor wall; reading them out is not counted."""
    import psycopg

    with tempfile.TemporaryFile() as rows, psycopg.connect(owner_url) as owner, owner.cursor() as cursor:
        with cursor.copy("COPY payment_payline TO STDOUT") as out:
            for piece in out:
                rows.write(piece)
        rows.seek(0)
        cursor.execute("CREATE TABLE plain (LIKE payment_payline)")
        owner.commit()

        def copy() -> None:
            with cursor.copy("COPY plain FROM STDIN") as into:
                while piece := rows.read(1 << 20):
                    into.write(piece)
            owner.commit()

        return measured("floor: bare COPY of the same rows", count, copy, peer=True)


def show(rows: list[Row]) -> None:
    base = next(float(str(row["wall_s"])) for row in rows if str(row["what"]).startswith("floor")) or 0.001
    print(f"{'what':44}{'n':>9}{'cpu s':>9}{'wall s':>9}{'× floor':>9}{'own MB':>8}{'db MB':>8}")
    for row in rows:
        wall = float(str(row["wall_s"]))
        memory = f"{row.get('process_mb', row['rss_mb'])!s:>8}{row.get('database_mb', '')!s:>8}"
        print(f"{row['what']!s:44}{row['n']!s:>9}{row['cpu_s']!s:>9}{wall:>9.3f}{wall / base:>9.1f}{memory}")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--small", action="store_true", help=f"{SMALL} households instead of {HOUSEHOLDS}")
    options.add_argument("--lines", type=int, action="append", help="only freeze so many lines; may be said again")
    options.add_argument("--server", type=pathlib.Path, default=SERVER, help="the database server's folder")
    options.add_argument("--json", type=pathlib.Path, help="write the figures to this file")
    asked = options.parse_args()
    if asked.lines and len(asked.lines) > 1:
        rows = _each(asked.lines, asked.server)
    elif asked.lines:
        rows = _in_a_county(build, asked.lines[0], asked.server)
    else:
        rows = _in_a_county(months, SMALL if asked.small else HOUSEHOLDS, asked.server)
    if not (asked.lines and len(asked.lines) > 1):
        show(rows)
    if asked.json:
        asked.json.write_text(json.dumps(rows, ensure_ascii=False, indent=1))


def _each(sizes: list[int], folder: pathlib.Path) -> list[Row]:
    """Every size in a process of its own, because the most that a process ever held does not fall again."""
    rows: list[Row] = []
    for size in sizes:
        with tempfile.NamedTemporaryFile(suffix=".json") as file:
            asked = ["--lines", str(size), "--server", str(folder), "--json", file.name]
            subprocess.run([sys.executable, __file__, *asked], check=True)
            rows += json.loads(pathlib.Path(file.name).read_text())
    return rows


def _in_a_county(work: Callable[[str, int], list[Row]], count: int, folder: pathlib.Path) -> list[Row]:
    name = f"bench_{os.getpid()}"
    server = embedded.start(folder)
    try:
        embedded.ensure_database(server, name)
        owner_url = server.url(name, role=embedded.OWNER)
        os.environ["DATABASE_URL"] = server.url(name, role=embedded.APP)
        os.environ["DATABASE_OWNER_URL"] = owner_url
        os.environ["DJANGO_SETTINGS_MODULE"] = "opendibao.config.demo"
        return _measure(owner_url, work, count)
    finally:
        _drop(server, name)
        server.stop()


def _measure(owner_url: str, work: Callable[[str, int], list[Row]], count: int) -> list[Row]:
    import django
    from django.db import connection

    from opendibao.commands.setup import migrate

    django.setup()
    from opendibao.audit.session import acting
    from opendibao.kernel.duties import EVERY_DUTY

    migrate()
    try:
        with acting("测速", "360429", EVERY_DUTY):
            start = time.perf_counter()
            pay_county.enter(owner_url, count)
            print(f"{count} households entered in {time.perf_counter() - start:.1f} s (not measured)")
            return work(owner_url, count)
    finally:
        connection.close()


def _drop(server: embedded.Server, name: str) -> None:
    import psycopg

    with psycopg.connect(server.url("postgres", role=embedded.OWNER), autocommit=True) as owner:
        owner.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
