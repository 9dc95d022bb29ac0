"""墙: raw SQL as the app's own role, on a county that has lived a year, sees no row of another township."""

from collections.abc import Iterator

import psycopg
import pytest
from psycopg import sql
from psycopg.rows import TupleRow

from opendibao.config import embedded
from tests.built import BuiltCounty

COUNTY, REACH = "360429000000", "360429"
# seen beyond one's own places: steps of a pay run carry no person's data, sign-in looks for officers by name, and the
# county's numbers with their revisions are everybody's to read
SHOWN = {"payment_payrun", "accounts_officer", "rulemaking_parameterchange", "rulemaking_revision"}


@pytest.fixture(scope="module")
def app(small_county: BuiltCounty) -> Iterator[psycopg.Connection[TupleRow]]:
    """A session of the app's role, as any program has it that knows the app's password."""
    with psycopg.connect(small_county.server.url("county", role=embedded.APP), autocommit=True) as session:
        yield session


@pytest.fixture(scope="module")
def placed(small_county: BuiltCounty) -> dict[str, dict[str, int]]:
    """Every table whose rows lie in a division, with how many of them lie in each township."""
    tables = small_county.rows(
        "SELECT table_name FROM information_schema.columns"
        " WHERE table_schema = 'public' AND column_name = 'division' ORDER BY 1"
    )
    return {
        table: dict(small_county.rows(f"SELECT left(division, 9) || '000', count(*) FROM {table} GROUP BY 1"))
        for (table,) in tables
    }


def seen(app: psycopg.Connection[TupleRow], reach: str, table: str) -> dict[str, int]:
    """Rows by township (by the county's own code what belongs to no township) for somebody of a reach."""
    app.execute("SELECT set_config('app.division', %s, false)", [reach])
    counted = sql.SQL("SELECT left(division, 9) || '000', count(*) FROM {} GROUP BY 1").format(sql.Identifier(table))
    return dict(app.execute(counted).fetchall())


def test_the_county_sees_all_and_every_township_its_own(
    small_county: BuiltCounty, app: psycopg.Connection[TupleRow], placed: dict[str, dict[str, int]]
) -> None:
    towns = [
        code for (code,) in small_county.rows("SELECT code FROM registry_division WHERE level = 'town' ORDER BY 1")
    ]
    closed = {table: counted for table, counted in placed.items() if table not in SHOWN}

    by_county = {table: seen(app, REACH, table) for table in placed}
    wrong = [
        (table, town)
        for table, counted in closed.items()
        for town in towns
        if seen(app, town[:9], table) != {code: count for code, count in counted.items() if code == town}
    ]

    assert by_county == placed
    assert wrong == []
    assert len(placed) > 40
    assert sum(map(bool, placed.values())) > 30  # the year has left rows in most of them


@pytest.mark.parametrize("reach", ["", "360428", "360429999"])
def test_nobody_and_the_next_county_see_nothing(
    app: psycopg.Connection[TupleRow], placed: dict[str, dict[str, int]], reach: str
) -> None:
    found = {table: seen(app, reach, table) for table in placed if table not in SHOWN}

    assert {table: counted for table, counted in found.items() if counted} == {}


def test_of_pay_runs_a_township_sees_the_steps_and_of_their_money_its_own(app: psycopg.Connection[TupleRow]) -> None:
    town = "360429100"

    assert seen(app, town, "payment_payrun") == {COUNTY: 12}
    assert not app.execute("UPDATE payment_payrun SET total_fen = 1").rowcount
    assert set(seen(app, town, "payment_payline")) == {"360429100000"}


def test_what_hangs_on_other_rows_is_seen_with_them(app: psycopg.Connection[TupleRow]) -> None:
    app.execute("SELECT set_config('app.division', '360429100', false)")
    foreign = """
    SELECT count(*) FROM payment_ledgerleg leg WHERE NOT starts_with(leg.division, '360429100')
    UNION ALL SELECT count(*) FROM procrastinate_jobs UNION ALL SELECT count(*) FROM procrastinate_events
    UNION ALL SELECT count(*) FROM procrastinate_workers UNION ALL SELECT count(*) FROM procrastinate_periodic_defers
    """

    assert app.execute(foreign).fetchall() == [(0,)] * 5


def test_no_function_of_ours_opens_a_row_to_who_may_not_see_it(small_county: BuiltCounty) -> None:
    """Functions that run as the owner tell numbers and hashes, never a row."""
    as_owner = small_county.rows(
        "SELECT proname, pg_get_function_result(oid) FROM pg_proc"
        " WHERE pronamespace = 'public'::regnamespace AND prosecdef ORDER BY 1"
    )

    told = {
        name: result for name, result in as_owner if result not in ("trigger", "bigint", "text", "boolean", "integer")
    }

    assert told == {
        # since when a household's telephone number is the one that is called
        "phone_known_since": "date",
        # the family's own door: a receipt or why there is none; a stage, what is missing, the county's answer
        "receive_online_application": "TABLE(receipt text, refusal text)",
        "standing_for_family": "TABLE(stage text, missing text[], answer text)",
        # blind keys and row numbers, of the deliveries that the session sees and no others
        "rows_sharing": "TABLE(delivery_id bigint, record_id bigint, is_keyed boolean, token character varying)",
        # who knows a whole ID number learns in which township it is registered
        "township_of_person": "TABLE(id_number text, township text)",
    }


def test_blind_keys_of_deliveries_are_looked_up_by_the_county_alone(
    small_county: BuiltCounty, app: psycopg.Connection[TupleRow]
) -> None:
    ((delivery, token),) = small_county.rows("SELECT delivery_id, tokens[1] FROM verification_sourcerecord LIMIT 1")
    shared = "SELECT count(*) FROM rows_sharing(%s::bigint[], %s::varchar[])"

    def counted(division: str) -> int:
        app.execute("SELECT set_config('app.division', %s, false)", [division])
        row = app.execute(shared, [[delivery], [token]]).fetchone()
        assert row
        return int(row[0])

    assert counted("360429") > 0
    assert [counted("360429100"), counted("")] == [0, 0]
