"""全县复核比对: everybody covered in a county against twelve sources, from the question to the kept warnings.

floor: the same rows read and unsealed, and nothing else: no run can be quicker than that.
A county of its own is made first: families of two, rows of each source in each person's name, one in a hundred with
something that the decision does not know.
"""

import argparse
import json
import os
import pathlib
import resource
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from opendibao.config import embedded

PERSONS, SMALL = 10_000, 400
SERVER = pathlib.Path("var/bench/pg")
ON, DECIDED = date(2024, 5, 20), date(2024, 1, 3)
AT = datetime(2024, 5, 20, 1, tzinfo=UTC)
COUNTY, TOWN, VILLAGE = "360429000000", "360429100000", "360429100201"
PLACES = [("county", COUNTY, "演示县", ""), ("town", TOWN, "东镇", COUNTY), ("village", VILLAGE, "月亮村", TOWN)]
ODD = 100
MOST = 10.0
"""Seconds that 10,000 persons and twelve sources are promised."""
Row = dict[str, Any]


def rows_of(source: str, place: int) -> Row:
    """What a source says of the person at a place; one in a hundred says something new."""
    odd = place % ODD == 0
    told: dict[str, Row] = {
        "bank_deposits": {"bank": "农商银行", "account": f"62{place:08d}", "kind": "term", "as_of": "2024-05-10",
                          "balance": 9_800_000 if odd else 100_000},
        "public_security": {"status": "died", "died_on": "2024-05-01"} if place % (10 * ODD) == 1 else
                           {"status": "registered"},
        "social_insurance": {"kind": "resident", "since": "2012-01"},
        "vehicles": {"plate": f"赣Z{place:06d}", "kind": "car" if odd else "motorcycle", "registered_on": "2016-01-05"},
        "real_estate": {"unit_no": f"36-{place}", "use": "land", "address": "某处"},
        "business_registration": {"credit_code": f"91{place:016d}", "company": "某社", "kind": "cooperative",
                                  "role": "member", "state": "active"},
        "civil_registry": {"kind": "married", "since": "2005-01-05", "spouse": "某人"},
        "farm_subsidies": {"year": "2024", "item": "grain", "amount": 10_000},
        "prisons": {"kind": "outside", "since": "2023-01-05"},
        "insurance": {"company": "某保险", "policy": f"P{place}", "kind": "life", "value": 0, "as_of": "2024-05-10"},
        "securities": {"company": "某证券", "account": f"A{place}", "kind": "fund", "value": 0, "as_of": "2024-05-10"},
        "other_assistance": {"kind": "tekun", "place": "外县", "since": "2010-01", "until": "2015-01"},
    }  # fmt: skip
    return told[source]


SOURCES = (
    "bank_deposits", "public_security", "social_insurance", "vehicles", "real_estate", "business_registration",
    "civil_registry", "farm_subsidies", "prisons", "insurance", "securities", "other_assistance",
)  # fmt: skip
MEMBERS = [
    {"name": "某甲", "born": "1980-01-01", "sex": "male", "relation": "head"},
    {"name": "某乙", "born": "1981-01-01", "sex": "female", "relation": "spouse"},
]
FACTS = {"area": "rural", "property": {"financial_assets": {"deposits": "5000"}, "dwellings": 1}, "members": MEMBERS}


def _person(n: int) -> tuple[object, ...]:
    from opendibao.kernel.ids import DEMO_PREFIX, make_id_number

    born, sequence = date(1980, 1, 1) + timedelta(days=n // 900), n % 900 + 1
    sex = "male" if sequence % 2 else "female"
    name = "某甲" if n % 2 == 0 else "某乙"
    return 100_000 + n, make_id_number(DEMO_PREFIX, born, sequence), name, "mj", sex, born, VILLAGE


def enter(persons: int) -> None:
    """Families of two in force, and their rows linked in every source."""
    from opendibao.audit.bulk import copy_rows
    from opendibao.decision.models import OpeningAct
    from opendibao.registry.actions import load_divisions

    load_divisions(PLACES, at=AT)
    homes = persons // 2
    act = OpeningAct.objects.create(
        division=COUNTY, signed_on=DECIDED, first_officer="甲", second_officer="乙", households=homes,
        persons=2 * homes, monthly_fen=148_000 * homes,
    )  # fmt: skip
    facts = json.dumps(FACTS)
    copy_rows("registry_household", ["id", "number", "division", "opened_on"],
              ((10_000 + n, f"B{n:06d}", VILLAGE, DECIDED) for n in range(homes)))  # fmt: skip
    copy_rows("registry_person", ["id", "id_number", "name", "initials", "sex", "born", "division"],
              (_person(n) for n in range(homes * 2)))  # fmt: skip
    copy_rows("registry_membership", ["household_id", "person_id", "relation", "division", "valid", "recorded"],
              ((10_000 + n // 2, 100_000 + n, "head" if n % 2 == 0 else "spouse", VILLAGE, "[2020-01-01,)",
                "[2023-01-01,)") for n in range(homes * 2)))  # fmt: skip
    columns = ["number", "household_id", "opening_act_id", "division", "area", "kind", "cause", "outcome", "decided_on",
               "maker", "approver", "persons", "amount_fen", "supplement_fen", "gap_fen", "facts", "rule_set",
               "first_month"]  # fmt: skip
    copy_rows("decision_decision", columns,
              ((f"旧B{n}", 10_000 + n, act.pk, VILLAGE, "rural", "legacy", "opening", "dibao", DECIDED, "甲", "乙", 2,
                148_000, 0, 0, facts, "r1", date(2024, 2, 1)) for n in range(homes)))  # fmt: skip
    for source in SOURCES:
        _deliver(source, homes * 2)


def _deliver(source: str, persons: int) -> None:
    from django.db import transaction

    from opendibao.audit.bulk import copy_rows
    from opendibao.verification.models import Delivery, SourceRecord
    from opendibao.verification.sealing import blind, seal_row

    with transaction.atomic():
        delivery = Delivery.objects.create(
            source=source, division=COUNTY, department="某局", legal_basis="57号第十七条", purpose="复核",
            authorisation="1",
            covers="register", as_of=date(2024, 5, 10), received_on=ON, received_by="甲", file_name="x.csv",
            layout="csv",
            encoding="utf-8", size=1, sha256=blind(source).ljust(64, "0"), rows=persons, accepted=persons, rejected=0,
            sealed_file=b"x", remarks=[],
        )  # fmt: skip
        copy_rows("verification_sourcerecord",
                  ["delivery_id", "row_no", "row_key", "tokens", "id_flag", "is_keyed", "sealed"],
                  ((delivery.pk, n + 2, blind(f"{source}|{n}"), [], "ok", True, seal_row(rows_of(source, n)))
                   for n in range(persons)))  # fmt: skip
        records = (
            SourceRecord.objects.filter(delivery=delivery).order_by("row_no").values_list("id", "row_no", "row_key")
        )
        copy_rows("verification_link",
                  ["record_id", "person_id", "division", "source", "row_key", "row_no", "tier", "score", "margin",
                   "evidence", "model", "linked_at", "state", "settled_by", "note"],
                  ((pk, 100_000 + no - 2, VILLAGE, source, key, no, "confirmed", 4000, None, "[]", "m", AT,
                    "automatic", "", "") for pk, no, key in records))  # fmt: skip
        Delivery.objects.filter(pk=delivery.pk).update(linked_at=AT)


def floor() -> None:
    """Read and unseal every linked row."""
    from opendibao.verification.deliveries.queries import current_deliveries
    from opendibao.verification.rematch.covered import linked_rows
    from opendibao.verification.sealing import unseal_row

    for delivery in current_deliveries(ON).values():
        for row in linked_rows(delivery):
            unseal_row(row.sealed)


def rematch() -> Any:
    """A whole run."""
    from opendibao.verification.rematch.running import perform_rematch, start_rematch

    made = start_rematch(COUNTY, is_monthly=False, on=ON, at=AT)
    return perform_rematch(made.pk, at=AT)


def measured(what: str, n: int, work: Callable[[], object], *, peer: bool = False) -> Row:
    """CPU of this process and wall time (the database works in another) of one piece of work."""
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {"what": what, "n": n, "cpu_s": round(cpu, 3), "wall_s": round(wall, 3), "rss_mb": rss, "peer": peer}


def measure(persons: int) -> list[Row]:
    """The first run, which raises, the second, which finds everything known, and the floor."""
    start = time.perf_counter()
    enter(persons)
    print(f"{persons} persons and {len(SOURCES)} sources entered in {time.perf_counter() - start:.1f} s (not measured)")
    kept: list[Any] = []
    first = measured("first run: everybody, all sources", persons, lambda: kept.append(rematch()))
    second = measured("second run of the day", persons, lambda: kept.append(rematch()))
    print(f"raised {kept[0].found}, then again {kept[1].again}, not checked somewhere {kept[0].unchecked}")
    if (kept[0].found, 0) != (kept[1].again, kept[1].found):
        raise SystemExit("the second run raised something else than the first")
    return [first, second, measured("floor: read and unseal the rows", persons * len(SOURCES), floor, peer=True)]


def show(rows: list[Row]) -> None:
    base = float(str(rows[-1]["wall_s"])) or 0.001
    print(f"{'what':40}{'n':>9}{'cpu s':>9}{'wall s':>9}{'x floor':>9}{'MB':>7}")
    for row in rows:
        wall = float(str(row["wall_s"]))
        print(f"{row['what']:40}{row['n']:>9}{row['cpu_s']:>9}{wall:>9.3f}{wall / base:>9.1f}{row['rss_mb']:>7}")
    print(f"promised: {MOST} s for {PERSONS} persons")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--small", action="store_true", help=f"{SMALL} persons instead of {PERSONS}")
    options.add_argument("--server", type=pathlib.Path, default=SERVER, help="the database server's folder")
    options.add_argument("--json", type=pathlib.Path, help="write the figures to this file")
    asked = options.parse_args()
    rows = _in_a_county(SMALL if asked.small else PERSONS, asked.server)
    show(rows)
    if asked.json:
        asked.json.write_text(json.dumps(rows, ensure_ascii=False, indent=1))


def _in_a_county(persons: int, folder: pathlib.Path) -> list[Row]:
    name = f"bench_{os.getpid()}"
    server = embedded.start(folder)
    try:
        embedded.ensure_database(server, name)
        os.environ["DATABASE_URL"] = server.url(name, role=embedded.APP)
        os.environ["DATABASE_OWNER_URL"] = server.url(name, role=embedded.OWNER)
        os.environ["DJANGO_SETTINGS_MODULE"] = "opendibao.config.demo"
        return _measured(persons)
    finally:
        _drop(server, name)
        server.stop()


def _measured(persons: int) -> list[Row]:
    import django
    from django.db import connection

    from opendibao.commands.setup import migrate

    django.setup()
    from opendibao.audit.session import acting
    from opendibao.kernel.duties import EVERY_DUTY

    migrate()
    try:
        with acting("测速", "360429", EVERY_DUTY):
            return measure(persons)
    finally:
        connection.close()


def _drop(server: embedded.Server, name: str) -> None:
    import psycopg

    with psycopg.connect(server.url("postgres", role=embedded.OWNER), autocommit=True) as owner:
        owner.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
