"""承诺: a row by plain SQL, past every action, and the name under which the database refuses it."""

from datetime import date
from typing import Any, NamedTuple

import psycopg
import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

VILLAGE, COUNTY = "360429100201", "360429000000"
_PLAIN: dict[str, object] = {
    "CharField": "某", "TextField": "某", "DateField": date(2024, 5, 20), "DateTimeField": "2024-05-20 09:00+08",
    "JSONField": "{}", "BooleanField": True, "DateRangeField": "[2024-01-01,)",
    "DateTimeRangeField": "[2024-01-02 09:00+08,)", "ArrayField": "{x}", "BinaryField": b"x",
}  # fmt: skip


class Broken(NamedTuple):
    """A promise: the row that keeps it, and what about a further row breaks it."""

    constraint: str
    model: str
    keeps: dict[str, Any]
    breaks: dict[str, Any]


def _value(field: "models.Field[Any, Any]", given: dict[str, Any]) -> object:
    if field.name in given:
        return given[field.name]
    if field.name == "division":
        return VILLAGE
    if field.null:
        return None
    if field.has_db_default():
        return field.db_default
    if isinstance(field, models.CharField) and (field.blank or field.has_default()):
        return field.get_default()
    if field.choices:
        return next(iter(field.choices))[0]
    return _PLAIN.get(field.get_internal_type(), 1)


def insert(model: str, given: dict[str, Any]) -> None:
    """One row by SQL: what is given, and something ordinary in every other column."""
    found = apps.get_model(model)
    columns = [f for f in found._meta.concrete_fields if not isinstance(f, models.AutoField | models.GeneratedField)]
    assert set(given) <= {f.name for f in columns}
    names = ", ".join(f'"{f.column}"' for f in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {found._meta.db_table} ({names}) VALUES ({', '.join(['%s'] * len(columns))})",
            [_value(f, given) for f in columns],
        )


def attempt(model: str, *rows: dict[str, Any]) -> None:
    """All rows in one transaction; what they point to need not exist, for it is rolled back before anybody asks."""
    with transaction.atomic():
        for row in rows:
            insert(model, row)


def named_by_the_database(promise: Broken) -> str | None:
    """The name under which the database refuses the row that breaks a promise."""
    with pytest.raises(IntegrityError) as refusal:
        attempt(promise.model, promise.keeps, promise.keeps | promise.breaks)
    cause = refusal.value.__cause__
    assert isinstance(cause, psycopg.errors.IntegrityError)
    return cause.diag.constraint_name
