"""A county of any size for the benchmark of paying: households of two with place, account and an old decision.

Entered by the owner, past walls and policies and mostly by the database itself, because entering is not what is
measured; nothing of it stays in this process, so that a million households leave its memory as it was.
"""

from collections.abc import Iterator
from datetime import date

import psycopg

COUNTY, TOWNS, VILLAGES = "360429000000", 20, 10
SINCE, KNOWN = "[2020-01-01,)", "[2023-01-01 00:00+08,)"
VILLAGE = f"'360429' || (100 + n %% {TOWNS})::text || lpad((1 + n / {TOWNS} %% {VILLAGES})::text, 3, '0')"
HOMES = f"""
INSERT INTO registry_household (id, number, division, opened_on)
SELECT n, 'H' || lpad(n::text, 7, '0'), {VILLAGE}, '2020-01-01' FROM generate_series(1, %(count)s) n
"""
PLACES = f"""
INSERT INTO registry_householdplace (valid, recorded, division, household_id, area, address, phone)
SELECT '{SINCE}', '{KNOWN}', division, id, CASE id %% 5 WHEN 0 THEN 'urban' ELSE 'rural' END, '1号', ''
FROM registry_household
"""
ACCOUNTS = f"""
INSERT INTO registry_bankaccount (valid, recorded, division, household_id, holder, bank, number)
SELECT '{SINCE}', '{KNOWN}', division, id, '人' || (2 * id - 1), '农商银行', '62' || lpad(id::text, 14, '0')
FROM registry_household
"""
MEMBERS = f"""
INSERT INTO registry_membership (valid, recorded, division, household_id, person_id, relation)
SELECT '{SINCE}', '{KNOWN}', h.division, h.id, 2 * h.id - 1 + second, CASE second WHEN 1 THEN 'child' ELSE 'head' END
FROM registry_household h, generate_series(0, 1) second
"""
PEOPLE = "COPY registry_person (id, id_number, name, initials, sex, born, division) FROM STDIN"
DAYS = 50 * 12 * 28  # days of birth before a second person is born on one of them


def towns() -> list[str]:
    """The townships' codes."""
    return [f"360429{100 + n}000" for n in range(TOWNS)]


def divisions() -> Iterator[tuple[str, str, str, str | None]]:
    """Code, name, level and parent of every division."""
    yield COUNTY, "县", "county", None
    for town in towns():
        yield town, f"镇{town[6:9]}", "town", COUNTY
        for village in range(1, VILLAGES + 1):
            yield f"{town[:9]}{village:03d}", f"村{village}", "village", town


def people(count: int) -> Iterator[tuple[object, ...]]:
    """Two persons of every household, with numbers that nobody has."""
    from opendibao.kernel.ids import make_id_number

    for n in range(2 * count):
        born = date(1950 + n % 50, n // 50 % 12 + 1, n // 600 % 28 + 1)
        home = n // 2 + 1
        village = f"360429{100 + home % TOWNS}{1 + home // TOWNS % VILLAGES:03d}"
        yield n + 1, make_id_number("999999", born, 2 * (n // DAYS) + 1), f"人{n + 1}", "R", "male", born, village


def decisions(cursor: psycopg.Cursor, count: int) -> None:
    """One decision through the model, so that every column is there, and the others like it."""
    from opendibao.decision.models import Decision

    Decision.objects.create(
        number="D1", household_id=1, opening_act_id=1, division="360429101001", area="rural", kind="legacy",
        cause="opening", outcome="dibao", decided_on=date(2023, 6, 15), maker="甲", approver="乙", persons=2,
        amount_fen=62000, facts={"members": ["x" * 400]}, rule_set="r1", first_month=date(2023, 7, 1),
    )  # fmt: skip
    own = {"number", "household_id", "division", "area"}
    kept = [f.column for f in Decision._meta.concrete_fields if not f.generated and not f.primary_key]
    names = ", ".join(kept)
    values = ", ".join(f"d.{name}" for name in kept if name not in own)
    order = ", ".join([*sorted(own), *(name for name in kept if name not in own)])
    assert sorted(names.split(", ")) == sorted(order.split(", "))
    cursor.execute(
        f"INSERT INTO decision_decision ({order})"
        f" SELECT p.area, p.division, p.household_id, 'D' || p.household_id, {values}"
        " FROM registry_householdplace p, decision_decision d WHERE d.number = 'D1' AND p.household_id > 1"
    )  # type: ignore[arg-type]


def enter(owner_url: str, count: int) -> None:
    """Fill an empty database."""
    from opendibao.decision.models import OpeningAct
    from opendibao.registry.models import Division

    for code, name, level, parent in divisions():
        Division.objects.create(code=code, name=name, level=level, parent_id=parent)
    OpeningAct.objects.create(
        id=1, division=COUNTY, signed_on=date(2024, 1, 2), first_officer="甲", second_officer="乙", households=count,
        persons=2 * count, monthly_fen=62000 * count,
    )  # fmt: skip
    with psycopg.connect(owner_url, autocommit=True) as owner, owner.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(HOMES, {"count": count})
        with cursor.copy(PEOPLE) as copy:
            for row in people(count):
                copy.write_row(row)
        for sql in (PLACES, ACCOUNTS, MEMBERS):
            cursor.execute(sql, {})
        cursor.execute("SELECT setval('registry_household_id_seq', %s)", [count])
        decisions(cursor, count)
        cursor.execute("VACUUM ANALYZE")
