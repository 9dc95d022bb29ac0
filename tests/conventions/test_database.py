"""The second wall: every table of ours is closed by division, and the app is nobody's owner."""

import re

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection

from opendibao.config import embedded
from tests.conventions.sources import ROOT

pytestmark = pytest.mark.django_db


def _tables() -> list[str]:
    return sorted(
        model._meta.db_table
        for config in apps.get_app_configs()
        if config.name.startswith("opendibao.")
        for model in config.get_models(include_auto_created=True)
        # a user's groups and rights are Django's own tables; nobody here uses them
        if not re.search(r"_(groups|user_permissions)$", model._meta.db_table)
    )


def _every_table() -> list[str]:
    """Tables of others, queue and history too, that are closed."""
    found = _rows(
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relrowsecurity AND relnamespace = 'public'::regnamespace"
    )
    return sorted(table for (table,) in found)


def _rows(sql: str, *values: object) -> list[tuple]:  # type: ignore[type-arg]
    with connection.cursor() as cursor:
        cursor.execute(sql, list(values))
        return cursor.fetchall()


# read and written before anybody is known: the middleware finds a session by its random key, and signs what is in it
OPEN_TABLES = {"django_session"}


def test_every_table_is_closed_and_says_for_whom_it_opens() -> None:
    closed = dict(
        _rows(
            "SELECT relname, relrowsecurity FROM pg_class"
            " WHERE relkind IN ('r', 'p', 'm', 'f') AND relnamespace = 'public'::regnamespace"
        )
    )
    policies = {table for (table,) in _rows("SELECT DISTINCT tablename FROM pg_policies")}

    assert set(_tables()) <= set(closed)
    assert {t for t, is_closed in closed.items() if not is_closed} == OPEN_TABLES
    assert set(closed) - policies == OPEN_TABLES


def test_no_view_shows_what_its_tables_hide() -> None:
    views = _rows("SELECT relname FROM pg_class WHERE relkind = 'v' AND relnamespace = 'public'::regnamespace")

    assert views == []  # a view would read as its owner, whom no policy holds


def test_no_policy_lets_everybody_write() -> None:
    open_ = _rows(
        "SELECT tablename, policyname FROM pg_policies WHERE cmd <> 'SELECT' AND (qual = 'true' OR with_check = 'true')"
    )

    assert open_ == []


def test_the_app_is_no_superuser_owns_nothing_and_passes_no_wall() -> None:
    assert _rows(
        "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = %s", embedded.APP
    ) == [(False, False, False, False)]
    assert _rows("SELECT relname FROM pg_class WHERE relowner = %s::regrole", embedded.APP) == []
    assert _rows("SELECT 1 FROM pg_database WHERE datdba = %s::regrole", embedded.APP) == []


def test_the_app_cannot_create_or_change_tables() -> None:
    assert _rows("SELECT has_schema_privilege(%s, 'public', 'CREATE')", embedded.APP) == [(False,)]
    assert _rows(
        "SELECT has_table_privilege(%s, 'django_migrations', 'INSERT') OR "
        "has_table_privilege(%s, 'django_migrations', 'DELETE')", embedded.APP, embedded.APP
    ) == [(False,)]  # fmt: skip


def test_nobody_named_sees_no_row() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.division', '', false)")
        cursor.execute(f"SET ROLE {embedded.APP}")
        try:
            counts = {}
            for table in _every_table():
                cursor.execute(f"SELECT count(*) FROM {table}")  # the name comes from the catalogue
                counts[table] = cursor.fetchone()[0]
        finally:
            cursor.execute("RESET ROLE")

    readable = {table for (table,) in _rows("SELECT tablename FROM pg_policies WHERE policyname = 'all_read'")}
    assert {t: n for t, n in counts.items() if n and t not in readable} == {}


def test_the_migrations_say_what_the_models_say() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


# an officer may leave; the list of places is reference data, and what is used of it is held by its foreign keys
ERASABLE = {"accounts_officer", "registry_division"}


def test_what_was_entered_cannot_be_removed_even_by_the_owner() -> None:
    guarded = {
        table
        for (table,) in _rows(
            # a list of payment may be frozen again while it is open, and not a moment longer
            "SELECT tgrelid::regclass::text FROM pg_trigger"
            " WHERE tgname IN ('append_only', 'no_delete', 'only_while_computed') "
            "INTERSECT SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'no_truncate'"
        )
    }

    assert set(_tables()) - guarded - ERASABLE == set()


def _constraints() -> list[str]:
    """The promises that have a name: checks, exclusions, unique rules and known divisions."""
    named = _rows(
        "SELECT conname FROM pg_constraint WHERE conrelid::regclass::text = ANY(%s) AND contype IN ('c', 'x', 'u') "
        "OR conname LIKE '%%known_division'", _tables(),
    )  # fmt: skip
    partial = _rows(
        "SELECT indexrelid::regclass::text FROM pg_index WHERE indisunique AND indpred IS NOT NULL "
        "AND indrelid::regclass::text = ANY(%s)", _tables(),
    )  # fmt: skip
    made_up = re.compile(r"_(uniq|key|check|pkey|like)$|_check\d*$|_not_null$")  # Django's and PostgreSQL's own names
    return sorted({name for (name,) in (*named, *partial) if not made_up.search(name)})


def test_every_constraint_has_a_test_that_breaks_it() -> None:
    tests = "\n".join(file.read_text("utf-8") for file in sorted((ROOT / "tests").rglob("test_*.py")))
    # the same promise on several tables is broken by one test over all of them
    own_table = re.compile(r"^(?:registry|intake)_[a-z]+_(?=known_division|in_a_village|times_are_real)")

    assert [n for n in _constraints() if not re.search(rf"\b{own_table.sub('', n)}\b", tests)] == []
