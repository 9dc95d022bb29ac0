"""How long clerk and county wait at a county's size: an application, the lists, two hundred decisions, the papers.

floor of the pages: the sign-in page; of the list: its rows by one bare statement; of the batch: the same rows of
decision, letter, report and event put in by bare INSERT … SELECT; of the papers: an empty sheet set by the same
typesetter. Server time alone, no network and no browser. Whatever is written is rolled back.
"""

import contextlib
import html
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from site_pages import FLOOR, demo_of, keep, options_of, seconds

COUNTY_OFFICER, REACH = "county01", "360429"
REPEATS, BATCH, SMALL_BATCH = 5, 200, 10
LISTS = ("/cases/", "/rows/households/?year=2024", "/approvals/", "/today/")
LISTED = "SELECT id, number, division, opened_on FROM registry_household ORDER BY number LIMIT 50"
INPUT = re.compile(r"<input ([^>]*)>")
SELECT = re.compile(r'<select [^>]*name="([^"]+)".*?</select>', re.S)
AREA = re.compile(r'<textarea [^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', re.S)
ATTRIBUTE, CHOSEN = re.compile(r'([a-z-]+)="([^"]*)"'), re.compile(r'<option value="([^"]*)" selected>')
Row = dict[str, object]
# a family with a file, an account and nothing in hand, of three where there is one; and its township's clerk
KNOWN = """
SELECT h.number, o.username FROM registry_household h
JOIN registry_householdplace p ON p.household_id = h.id AND upper_inf(p.valid) AND upper_inf(p.recorded)
JOIN accounts_officer o ON o.division = left(p.division, 9) || '000' AND o.username LIKE 'clerk%%'
CROSS JOIN LATERAL (SELECT count(*) AS persons FROM registry_membership m JOIN registry_person q ON q.id = m.person_id
  WHERE m.household_id = h.id AND upper_inf(m.valid) AND upper_inf(m.recorded) AND q.died IS NULL) living
WHERE living.persons > 0
  AND EXISTS (SELECT FROM registry_bankaccount a WHERE a.household_id = h.id AND upper_inf(a.valid))
  AND NOT EXISTS (SELECT FROM intake_case c WHERE c.household_id = h.id AND c.closed_on IS NULL)
  AND NOT EXISTS (SELECT FROM decision_decision d WHERE d.household_id = h.id AND upper_inf(d.in_force))
ORDER BY living.persons <> 3, h.number LIMIT 1
"""
CLEAN = """
SELECT c.id FROM intake_case c JOIN decision_firstopinion o ON o.case_id = c.id WHERE c.state = 'reported'
  AND o.view = 'grant' AND c.kind = 'application' ORDER BY c.id
"""
# one clean case lent to many households that have nothing in hand, each with savings of its own
HOMES = """
CREATE TEMP TABLE lent ON COMMIT DROP AS
SELECT row_number() OVER (ORDER BY h.id) AS place, h.id AS household, h.division,
  nextval(pg_get_serial_sequence('intake_case', 'id')) AS case_id
FROM registry_household h
WHERE NOT EXISTS (SELECT FROM intake_case c WHERE c.household_id = h.id AND c.closed_on IS NULL)
  AND NOT EXISTS (SELECT FROM decision_decision d WHERE d.household_id = h.id AND (upper_inf(d.in_force)
    OR d.decided_on > %(on)s::date - 7)) ORDER BY h.id LIMIT %(count)s
"""
OWN = "jsonb_set({}, '{{property,financial_assets}}', to_jsonb(100 + lent.place))"
LENT = {
    "intake_case": {"id": "lent.case_id", "number": "'测〔2025〕' || lpad(lent.place::text, 5, '0') || '号'",
                    "household_id": "lent.household", "division": "lent.division",
                    "declared": OWN.format("t.declared")},
    "verification_survey": {"case_id": "lent.case_id", "division": "lent.division", "found": OWN.format("t.found")},
    "decision_firstopinion": {"case_id": "lent.case_id", "division": "lent.division"},
    "decision_publicnotice": {"case_id": "lent.case_id", "division": "lent.division"},
    "decision_reviewvote": {"case_id": "lent.case_id", "division": "lent.division"},
    "intake_consent": {"case_id": "lent.case_id", "division": "lent.division"},
    "verification_matchresult": {"case_id": "lent.case_id", "division": "lent.division"},
}  # fmt: skip
WRITTEN = {
    "decision_decision": "SELECT d.* FROM decision_decision d WHERE d.batch_id = {batch}",
    "decision_letter": "SELECT l.* FROM decision_letter l JOIN decision_decision d ON d.id = l.decision_id"
                       " WHERE d.batch_id = {batch}",
    "decision_outboxevent": "SELECT o.* FROM decision_outboxevent o JOIN decision_decision d ON d.id = o.decision_id"
                            " WHERE d.batch_id = {batch}",
    "audit_event": "SELECT e.* FROM audit_event e ORDER BY id DESC LIMIT {count} + 1",
}  # fmt: skip
COLUMNS = """
SELECT string_agg(format('%%I', column_name), ', ' ORDER BY ordinal_position) FROM information_schema.columns
WHERE table_name = %s AND is_generated = 'NEVER'
"""
PAYING = """
import pathlib, sys
from opendibao.commands.setup import django_setup
django_setup(var=pathlib.Path(sys.argv[1]))
from datetime import date
from django.db import transaction
from opendibao.audit.session import acting
from opendibao.demo.days import office_hour
from opendibao.kernel.duties import EVERY_DUTY
from opendibao.payment.actions import compute_run
print("ready", flush=True)
while True:
    with acting("周编制", "360429", EVERY_DUTY), transaction.atomic():
        compute_run(date(2025, 1, 1), on=date(2024, 12, 31), at=office_hour(date(2024, 12, 31)), maker="周编制")
        print("computed", flush=True)
        transaction.set_rollback(True)
"""


def typed_in(page: str) -> dict[str, str]:
    """The fields of the application's form as a browser holds them."""
    form = page.split('id="application" action', 1)[1].split("</form>", 1)[0]
    found: dict[str, str] = {}
    for tag in INPUT.findall(form):
        given = dict(ATTRIBUTE.findall(tag))
        is_ticked = given.get("type") != "checkbox" or " checked" in f" {tag}"
        if "name" in given and is_ticked and given.get("type") != "file":
            found[given["name"]] = html.unescape(given.get("value", ""))
    for select in SELECT.finditer(form):
        found[select[1]] = html.unescape(next(iter(CHOSEN.findall(select[0])), ""))
    return found | {name: html.unescape(text) for name, text in AREA.findall(form)}


def one(sql: str, *values: object) -> Any:
    """The first value a statement gives; None where it gives no row."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        row = cursor.fetchone()
    return row[0] if row else None


@contextlib.contextmanager
def undone() -> Iterator[None]:
    """Whatever is written inside is gone afterwards."""
    from django.db import transaction

    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def client_of(username: str) -> Any:
    """A browser without a network, signed in."""
    from django.test import Client

    from opendibao.accounts.queries import officer_named
    from opendibao.audit.session import acting
    from opendibao.kernel.duties import EVERY_DUTY

    found = Client(SERVER_NAME="127.0.0.1")
    with acting(username, REACH, EVERY_DUTY):
        found.force_login(officer_named(username), backend="opendibao.accounts.sign_in.OfficerBackend")
    return found


def timed(what: str, work: Callable[[], object], *, repeats: int = REPEATS, peer: bool = False) -> Row:
    """The middle one of some runs, in milliseconds."""
    runs = sorted(seconds(work) for _ in range(repeats))
    return {"what": what, "n": 1, "ms": round(runs[len(runs) // 2] * 1000, 1), "worst_ms": round(runs[-1] * 1000, 1),
            "peer": peer}  # fmt: skip


def application() -> list[Row]:
    """A known family of three at the counter: the form, what is kept while one types, the filing."""
    from django.db import connection

    from opendibao.audit.session import acting
    from opendibao.kernel.duties import EVERY_DUTY

    with acting(COUNTY_OFFICER, REACH, EVERY_DUTY), connection.cursor() as cursor:
        cursor.execute(KNOWN, [])
        number, clerk = cursor.fetchone()
    client = client_of(clerk)
    opened = f"/applications/new/?household={number}"
    page = client.get(opened).content.decode()
    address = page.split('id="application" action="', 1)[1].split('"', 1)[0]
    given = typed_in(page) | {"phone": "00012345678"}
    signed = dict.fromkeys(re.findall(r'name="(promise|m\d-signed)"', page), "on")
    alive = {"HX-Request": "true"}

    def file() -> None:
        with undone():
            found = client.post(address, {**given, **signed, "act": "file"})
            if found.status_code != 303:
                raise SystemExit(f"the application was not filed: {found.status_code}")

    def autosave() -> None:
        with undone():
            if client.post(address, {**given, "act": "save"}, headers=alive).status_code >= 400:
                raise SystemExit("what was typed was not kept")

    return [
        timed("open the form of a known family", lambda: client.get(opened)),
        timed("keep what was typed (autosave)", autosave),
        timed("file the application", file),
    ]


def lists(when: str = "") -> list[Row]:
    """First pages as the county sees them; counted afresh each time."""
    from django.db import connection

    from opendibao.web import remembering

    client = client_of(COUNTY_OFFICER)

    def afresh(page: str) -> object:
        remembering._found.clear()
        return client.get(page)

    def bare() -> None:
        with connection.cursor() as cursor:
            cursor.execute(LISTED)
            cursor.fetchall()

    found = [timed(f"{page}{when}", lambda page=page: afresh(page)) for page in LISTS]  # type: ignore[misc]
    if not when:
        found += [timed("floor: the sign-in page", lambda: client.get(FLOOR), peer=True),
                  timed("floor: fifty rows by one statement", bare, peer=True)]  # fmt: skip
    return found


@contextlib.contextmanager
def paying(county: pathlib.Path) -> Iterator["subprocess.Popen[str]"]:
    """Another process computes the next month's run, again and again, while the body runs."""
    process = subprocess.Popen(
        [sys.executable, "-c", PAYING, str(county)], stdout=subprocess.PIPE, text=True, env=os.environ.copy()
    )
    assert process.stdout
    if process.stdout.readline().strip() != "ready":
        raise SystemExit("the pay run could not be computed")
    try:
        yield process
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()


def lend(cursor: Any, template: int, count: int, on: date) -> list[int]:
    """So many households at the county with one clean case's papers; the ids of their cases."""
    cursor.execute(HOMES, {"on": on, "count": count})
    for table, own in LENT.items():
        columns = str(one(COLUMNS, table)).split(", ")
        values = [own.get(name, "DEFAULT" if name == "id" else f"t.{name}") for name in columns]
        kept = [(name, value) for name, value in zip(columns, values, strict=True) if value != "DEFAULT"]
        key = "id" if table == "intake_case" else "case_id"
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(name for name, _ in kept)})"
            f" SELECT {', '.join(value for _, value in kept)} FROM {table} t, lent WHERE t.{key} = %s", [template],
        )  # fmt: skip
    cursor.execute("SELECT case_id FROM lent ORDER BY place")
    return [row[0] for row in cursor.fetchall()]


def batch(count: int) -> list[Row]:
    """So many clean cases confirmed in one go, and the same rows put in by bare SQL, past the same walls."""
    from django.db import connection, transaction

    from opendibao.audit.session import acting
    from opendibao.decision.batches import approve_batch, preview
    from opendibao.demo.days import office_hour
    from opendibao.kernel.duties import Duty

    on = date(2025, 1, 6)
    with undone(), acting("李审核", REACH, {Duty.CONFIRM}), connection.cursor() as cursor:
        cursor.execute(CLEAN)
        template = preview([row[0] for row in cursor.fetchall()], on=on).included[0].case.id
        cases = lend(cursor, template, count, on)
        looked = time.perf_counter()
        clean = len(preview(cases, on=on).included)
        started = time.perf_counter()
        saved = transaction.savepoint()
        made = approve_batch(cases, on=on, at=office_hour(on))
        taken = time.perf_counter() - started
        rows = {}
        for table, sql in WRITTEN.items():
            cursor.execute(f"SELECT json_agg(to_json(w))::text FROM ({sql.format(batch=made.pk, count=count)}) w")
            rows[table] = cursor.fetchone()[0]
        batch_row = one("SELECT json_agg(to_json(b))::text FROM decision_approvalbatch b WHERE id = %s", made.pk)
        columns = {table: one(COLUMNS, table) for table in (*WRITTEN, "decision_approvalbatch")}
        transaction.savepoint_rollback(saved)
        bare = time.perf_counter()
        for table, content in {"decision_approvalbatch": batch_row, **rows}.items():
            cursor.execute(
                f"INSERT INTO {table} ({columns[table]}) SELECT {columns[table]}"
                f" FROM json_populate_recordset(NULL::{table}, %s::json)", [content],
            )  # fmt: skip
        cursor.execute("UPDATE intake_case SET state = 'confirmed', closed_on = %s WHERE id = ANY(%s)", [on, cases])
        floor = time.perf_counter() - bare
    return [
        {"what": "look a batch over", "n": clean, "ms": round((started - looked) * 1000, 1), "peer": False},
        {"what": "approve a batch", "n": count, "ms": round(taken * 1000, 1), "peer": False,
         "ratio": round(taken / floor, 1)},
        {"what": "floor: the same rows by bare SQL", "n": count, "ms": round(floor * 1000, 1), "peer": True},
    ]  # fmt: skip


def papers() -> list[Row]:
    """The merged papers of a decided case, and an empty sheet by the same typesetter."""
    from opendibao.audit.session import acting
    from opendibao.kernel.duties import EVERY_DUTY
    from opendibao.reporting.case_papers import blank_papers, case_papers

    with acting(COUNTY_OFFICER, REACH, EVERY_DUTY):
        case = one("SELECT max(case_id) FROM decision_decision WHERE kind = 'confirm'")
        on = date(2025, 1, 6)
        size = len(case_papers(case, on=on))
        what = f"all papers of a case as one PDF ({size // 1024} kB)"
        found = timed(what, lambda: case_papers(case, on=on), repeats=3)
        return [found, timed("floor: one empty sheet", lambda: blank_papers(["promise"], on=on), repeats=3, peer=True)]


def main() -> None:
    asked = options_of(__doc__)
    with tempfile.TemporaryDirectory() as folder:
        county, command = demo_of(pathlib.Path(folder) if asked.small else asked.county, small=asked.small)
        subprocess.run([*command, "--no-serve"], check=True, stdout=subprocess.DEVNULL)
        from opendibao.commands.setup import django_setup, migrate

        django_setup(var=county)
        migrate()
        rows = application() + lists()
        with paying(county):
            rows += lists(" while a run is computed")
        rows += batch(SMALL_BATCH if asked.small else BATCH) + papers()
        show(rows)
    keep(asked.json, rows)


def show(rows: list[Row]) -> None:
    for row in rows:
        ratio = f"  {row['ratio']} × floor" if "ratio" in row else ""
        print(f"{row['what']!s:62}{row['n']!s:>6}{row['ms']!s:>10} ms{ratio}{'  (floor)' if row['peer'] else ''}")


if __name__ == "__main__":
    main()
