"""One month's pay run of a county, from the freeze to the close, against a plain copy and the ORM's bulk_create.

floor: the same number of lines by one INSERT … SELECT into a table without constraints;
peer: building and saving the lines with Django's bulk_create. Neither sends, books or reconciles anything.
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

HOUSEHOLDS, SMALL = 5300, 300
MONTHS = [date(2024, 1, 1), date(2024, 2, 1)]  # the second one meets tables that are filled already
COUNTY, VILLAGE = "360429000000", "360429100001"
RETURNS_PER_THOUSAND = 3


def seed(count: int) -> None:
    """Households of two persons with an account and a legacy decision, in bulk."""
    from opendibao.audit.bulk import copy_rows
    from opendibao.decision.models import Decision, OpeningAct
    from opendibao.kernel.ids import make_id_number
    from opendibao.registry.models import Division, Household, Person

    Division.objects.create(code=COUNTY, name="县", level="county")
    Division.objects.create(code="360429100000", name="镇", level="town", parent_id=COUNTY)
    Division.objects.create(code=VILLAGE, name="村", level="village", parent_id="360429100000")
    act = OpeningAct.objects.create(
        division=COUNTY, signed_on=date(2024, 1, 2), first_officer="甲", second_officer="乙", households=count,
        persons=2 * count, monthly_fen=62000 * count,
    )  # fmt: skip
    since, known = "[2020-01-01,)", "[2023-01-01 00:00+08,)"
    copy_rows(
        "registry_household", ["number", "division", "opened_on"],
        ((f"H{n:06d}", VILLAGE, "2020-01-01") for n in range(count)),
    )  # fmt: skip
    homes = list(Household.objects.order_by("number").values_list("id", flat=True))
    born = [date(1950 + n % 50, n // 50 % 12 + 1, n // 600 % 28 + 1) for n in range(2 * count)]
    copy_rows(
        "registry_person", ["id_number", "name", "initials", "sex", "born", "division"],
        ((make_id_number("999999", day, 2 * (n // 16800) + 1), f"人{n}", "R", "male", day, VILLAGE)
         for n, day in enumerate(born)),
    )  # fmt: skip
    people = list(Person.objects.order_by("id").values_list("id", flat=True))
    copy_rows(
        "registry_membership", ["valid", "recorded", "division", "household_id", "person_id", "relation"],
        ((since, known, VILLAGE, homes[n // 2], person, "child" if n % 2 else "head")
         for n, person in enumerate(people)),
    )  # fmt: skip
    copy_rows(
        "registry_householdplace", ["valid", "recorded", "division", "household_id", "area", "address", "phone"],
        ((since, known, VILLAGE, home, "rural", "1号", "") for home in homes),
    )  # fmt: skip
    copy_rows(
        "registry_bankaccount", ["valid", "recorded", "division", "household_id", "holder", "bank", "number"],
        ((since, known, VILLAGE, home, f"户主{home}", "农商银行", f"62{home:014d}") for home in homes),
    )  # fmt: skip
    Decision.objects.bulk_create(
        Decision(
            number=f"D{home}", household_id=home, opening_act=act, division=VILLAGE, area="rural", kind="legacy",
            cause="opening", outcome="dibao", decided_on=date(2023, 6, 15), maker="甲", approver="乙", persons=2,
            amount_fen=62000, facts={"members": ["x" * 400]}, rule_set="r1", first_month=date(2023, 7, 1),
        )
        for home in homes
    )  # fmt: skip


def run_month(month: date, folder: pathlib.Path) -> dict[str, float]:
    """The six steps of one month; wall seconds of each."""
    from opendibao.payment import actions
    from opendibao.payment.bank_return import write_result

    at, day, times = datetime(2024, 1, 3, tzinfo=UTC), month.replace(day=5), {}

    def timed(step: str, work: Callable[[], object]) -> object:
        start = time.perf_counter()
        done = work()
        times[step] = time.perf_counter() - start
        return done

    run = timed("compute", lambda: actions.compute_run(month, on=day, at=at, maker="甲"))
    pk = int(run.pk)  # type: ignore[attr-defined]
    timed("check", lambda: actions.check_run(pk, on=day, at=at, checker="乙"))
    timed("approve", lambda: actions.approve_run(pk, on=day, at=at, finance="丙"))
    timed("send", lambda: actions.send_run(pk, on=day, at=at, out_dir=folder))
    sent = actions.sendings(pk)
    back = {each.e2e.split("-")[1]: "账户已销户" for each in sent[: len(sent) * RETURNS_PER_THOUSAND // 1000]}
    answer = write_result(sent, day, back)
    timed("return", lambda: actions.take_return(pk, answer, on=day, at=at))
    timed("close", lambda: actions.close_run(pk, on=day, at=at))
    return times


def measured(what: str, n: int, work: Callable[[], object], *, peer: bool = False) -> dict[str, object]:
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

    from opendibao.payment.models import PayLine

    with transaction.atomic():
        lines = list(PayLine.objects.filter(month=MONTHS[0]))
        for line in lines:
            line.pk, line.supplement_no, line.kind = None, 1, "supplement"
        PayLine.objects.bulk_create(lines, batch_size=1000)
        transaction.set_rollback(True)


def figures(count: int) -> list[dict[str, object]]:
    from opendibao.audit.session import acting
    from opendibao.kernel.duties import EVERY_DUTY
    from opendibao.payment.ledger import verify

    found = []
    with acting("测速", "360429", EVERY_DUTY), tempfile.TemporaryDirectory() as folder:
        seed(count)
        for month in MONTHS:
            steps: dict[str, float] = {}
            what = f"pay run {month:%Y-%m}, freeze to close"
            found.append(measured(what, count, lambda m=month, s=steps: s.update(run_month(m, pathlib.Path(folder)))))  # type: ignore[misc]
            print(f"{month:%Y-%m}  " + "  ".join(f"{step} {seconds:.2f}s" for step, seconds in steps.items()))
        found.append(measured("ledger verify", count * len(MONTHS), lambda: _must_agree(verify().fault)))
        found.append(measured("floor: plain INSERT … SELECT of the lines", count, floor, peer=True))
        found.append(measured("peer: ORM bulk_create of the lines", count, peer, peer=True))
    return found


def _must_agree(fault: str) -> None:
    if fault:
        raise SystemExit(f"ledger at fault: {fault}")


def show(rows: list[dict[str, object]]) -> None:
    base = next(float(str(row["wall_s"])) for row in rows if str(row["what"]).startswith("floor")) or 0.001
    print(f"{'what':44}{'n':>7}{'cpu s':>9}{'wall s':>9}{'× floor':>9}")
    for row in rows:
        wall = float(str(row["wall_s"]))
        print(f"{row['what']!s:44}{row['n']!s:>7}{row['cpu_s']!s:>9}{wall:>9.3f}{wall / base:>9.1f}")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--small", action="store_true", help=f"{SMALL} households instead of {HOUSEHOLDS}")
    options.add_argument("--json", type=pathlib.Path, help="write the figures to this file")
    asked = options.parse_args()
    name = f"bench_{os.getpid()}"
    server = embedded.start(pathlib.Path("var/bench/pg"))
    try:
        embedded.ensure_database(server, name)
        os.environ["DATABASE_URL"] = server.url(name, role=embedded.APP)
        os.environ["DATABASE_OWNER_URL"] = server.url(name, role=embedded.OWNER)
        os.environ["DJANGO_SETTINGS_MODULE"] = "opendibao.config.demo"
        rows = _measure(SMALL if asked.small else HOUSEHOLDS)
    finally:
        _drop(server, name)
        server.stop()
    show(rows)
    if asked.json:
        asked.json.write_text(json.dumps(rows, ensure_ascii=False, indent=1))


def _measure(count: int) -> list[dict[str, object]]:
    import django
    from django.db import connection

    from opendibao.commands.setup import migrate

    django.setup()
    migrate()
    try:
        return figures(count)
    finally:
        connection.close()


def _drop(server: embedded.Server, name: str) -> None:
    import psycopg

    with psycopg.connect(server.url("postgres", role=embedded.OWNER), autocommit=True) as owner:
        owner.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
