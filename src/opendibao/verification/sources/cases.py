"""来源的例子: how the cases.yaml beside a source is read: rows as a department writes them, and what they find."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from opendibao.kernel.money import yuan
from opendibao.verification.sources.adapter import CODE, COUNT, MEASURE, MONEY, Column, Found, Source

Case = Mapping[str, Any]
"""`on`: the day of the question; `rows`: by column name, money in yuan, measures as written, codes as they are sent."""


class BadCase(ValueError):
    """A case names a column that the source has not, or a word that it does not know."""


def case_runner(source: Source) -> Callable[[Case], dict[str, Any] | None]:
    """What runs a case of a source: words, facts, alerts and persons as found, what is empty left out."""

    def run_case(given: Case) -> dict[str, Any] | None:
        rows = [case_row(source, row) for row in given["rows"]]
        if source.found is None:
            raise BadCase(f"来源 {source.name} 没有 found，例子无从运行")
        return _shown(source.found(rows, date.fromisoformat(str(given["on"]))))

    return run_case


def case_row(source: Source, written: Mapping[str, Any]) -> dict[str, Any]:
    """A row of a case with its values as they are kept. Raises BadCase."""
    columns = {one.name: one for one in (*source.identity, *source.columns)}
    if unknown := sorted(set(written) - set(columns)):
        raise BadCase(f"来源 {source.name} 没有列：{'、'.join(unknown)}")
    return {name: _kept(columns[name], value) for name, value in written.items()}


def _kept(column: Column, value: object) -> object:
    said = "" if value is None else str(value)
    if not said:
        return ""
    if column.kind == CODE:
        if said not in column.choices:
            raise BadCase(f"列“{column.zh}”没有“{said}”这个写法")
        return column.choices[said]
    if column.kind == MONEY:
        return yuan(said)
    if column.kind == MEASURE:
        return int(Decimal(said) * 100)
    return int(said) if column.kind == COUNT else said


def _shown(found: Found | None) -> dict[str, Any] | None:
    if found is None:
        return None
    shown = {
        "words": found.words, "facts": found.facts, "alerts": [list(one) for one in found.alerts],
        "with_whom": list(found.with_whom),
    }  # fmt: skip
    return {name: value for name, value in shown.items() if value}
