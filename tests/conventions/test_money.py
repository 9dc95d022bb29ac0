"""Money is whole fen: no binary fraction comes near it."""

import ast
import pathlib
from collections.abc import Iterator

from tests.conventions.sources import SRC, modules, name, tree

PATHS = ("kernel/money.py", "rules", "policy", "formula", "payment", "decision", "budget", "evaluation", "intake",
         "registry", "reviews", "verification")  # fmt: skip
ALLOWED = {
    # a sheet comes from YAML or xlsx, which know only floats; they become Decimal by their text at once
    "src/opendibao/evaluation/sheet_fields.py": {"float"},
    # a workbook knows only floats; a cell that was one keeps that mark, and is refused where it was an id or an amount
    "src/opendibao/decision/roster_reader.py": {"float"},
    # the same of what departments deliver: a number cell becomes its decimal text at once
    "src/opendibao/verification/deliveries/reading/cells.py": {"float"},
    # Wilson's interval is a statement about a sample of persons, not an amount
    "src/opendibao/evaluation/intervals.py": {"float", "literal"},
    # the name of a kind of YAML scalar that the reader switches off
    "src/opendibao/policy/reader.py": set(),
}


def _fractions(node: ast.AST) -> Iterator[tuple[str, int]]:
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, float):
            yield "literal", part.lineno
        if isinstance(part, ast.Name) and part.id == "float":
            yield "float", part.lineno
        if isinstance(part, ast.Attribute) and part.attr in ("FloatField", "float64", "float32"):
            yield "float", part.lineno


def _is_near_money(file: pathlib.Path) -> bool:
    place = str(file.relative_to(SRC))
    return any(place == path or place.startswith(f"{path}/") for path in PATHS)


def test_no_binary_fraction_comes_near_money() -> None:
    found = [
        f"{name(file)}:{line} {kind}"
        for file in modules(migrations=True)
        if _is_near_money(file)
        for kind, line in _fractions(tree(file))
        if kind not in ALLOWED.get(name(file), set())
    ]

    assert found == []


def test_no_column_of_any_table_is_a_binary_fraction() -> None:
    from django.apps import apps
    from django.db.models import FloatField

    assert [f for model in apps.get_models() for f in model._meta.get_fields() if isinstance(f, FloatField)] == []


def test_every_amount_in_a_table_is_whole_fen_and_says_so() -> None:
    from django.apps import apps
    from django.db.models import BigIntegerField, IntegerField

    wrong = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("opendibao.")
        for field in model._meta.fields
        if field.name.endswith("_fen")
        and not (isinstance(field, BigIntegerField | IntegerField) and "分" in str(field.verbose_name))
    ]

    assert wrong == []
