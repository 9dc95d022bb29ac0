"""The same law on every engine: one by one, on demand, in columns and in PostgreSQL, to the fen."""

import os
import pathlib
from collections.abc import Iterator
from datetime import date
from typing import Any

import psycopg
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opendibao.commands.batch_postgresql import assess_in_postgresql, evaluate
from opendibao.formula import columns, scalar
from opendibao.formula.columns import Table, table_of
from opendibao.formula.graph import Plan
from opendibao.formula.lazy import LazyHousehold, NoRuleInForce
from opendibao.formula.scalar import HouseholdFacts
from opendibao.kernel.month import add_months, month_of
from opendibao.policy.pack import InForce, RuleGap
from opendibao.rules.assess import TARGETS, assess
from opendibao.rules.batch import assess_snapshot
from opendibao.rules.case import parse_case
from opendibao.rules.law import law_of
from opendibao.rules.snapshot import write_snapshot
from opendibao.rules.snapshot_cases import cases
from opendibao.rules.snapshot_reading import groups
from tests.rules.households import households
from tests.rules.snapshots import POLICY, facts_of, random_table
from tests.rules.worked_cases import NAMES, worked

# R2 before and after the kind of rigid spending was set up and on the last day with a number for the basic pension;
# R3, when that number is lacking (G15)
DAYS = {
    "R2": (date(2024, 5, 31), 11, 6_000),
    "R2 with the rigid kind": (date(2024, 10, 31), 12, 6_000),
    "R2 on the last day of a number": (date(2025, 12, 31), 13, 6_000),
    "R3 with a number lacking": (date(2026, 7, 31), 14, 2_500),
}
# before any law known here; R2 before 2024-10; R2 with a number lacking; R3
MONTHS = (date(2014, 1, 1), date(2024, 6, 1), date(2026, 2, 1), date(2026, 8, 1))


@pytest.fixture(scope="module")
def connection() -> Iterator[psycopg.Connection]:
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"]) as found:
        yield found


def _on_demand(plan: Plan, facts: HouseholdFacts, numbers: InForce) -> tuple[int | None, ...]:
    household = LazyHousehold(plan, facts, numbers)

    def value(name: str) -> int | None:
        try:
            return int(household.value("household", name))
        except (RuleGap, NoRuleInForce):
            return None

    return tuple(value(name) for name in TARGETS)


def _one_by_one(plan: Plan, families: list[HouseholdFacts], numbers: InForce) -> list[tuple[int | None, ...]]:
    if plan.absent or not numbers.has(plan.parameters):
        return [_on_demand(plan, facts, numbers) for facts in families]
    whole = [scalar.evaluate(plan, facts, numbers.values_by_path)["household"] for facts in families]
    return [tuple(int(values[name]) for name in TARGETS) for values in whole]


def _in_columns(plan: Plan, table: Table, numbers: InForce) -> list[tuple[int, ...]]:
    found = columns.evaluate(plan, table, numbers.values_by_path)
    return list(zip(*(found[name].astype(int).tolist() for name in TARGETS), strict=True))


def _in_postgresql(
    connection: psycopg.Connection, plan: Plan, table: Table, numbers: InForce
) -> list[tuple[int | None, ...]]:
    needed = plan if plan.absent else plan.narrowed([("household", name) for name in TARGETS])
    found = evaluate(connection, needed, table, numbers, TARGETS)
    return [tuple(None if v is None else int(v) for v in row) for row in zip(*found.values(), strict=True)]


@pytest.mark.parametrize(("day", "seed", "count"), DAYS.values(), ids=DAYS)
def test_random_households_are_decided_alike_on_every_engine(
    connection: psycopg.Connection, day: date, seed: int, count: int
) -> None:
    (plan, numbers), table = law_of(POLICY).on(day), random_table(count, seed, day)

    alone = _one_by_one(plan, facts_of(table), numbers)

    assert _in_postgresql(connection, plan, table, numbers) == alone
    if numbers.has(plan.parameters):
        assert _in_columns(plan, table, numbers) == alone
    assert len({row[0] for row in alone}) >= 6  # outcomes, so that the households say something


@given(st.lists(households(), min_size=8, max_size=8))
@settings(deadline=None, derandomize=True, database=None, max_examples=12)
def test_households_at_the_lines_are_decided_alike_in_postgresql(
    connection: psycopg.Connection, given_cases: list[dict[str, Any]]
) -> None:
    plan, numbers = law_of(POLICY).on(date(2024, 10, 1))
    families = [parse_case(case | {"decision_date": "2024-10-01"}).facts() for case in given_cases]

    found = _in_postgresql(connection, plan, table_of(plan, families), numbers)

    assert found == _one_by_one(plan, families, numbers)


@pytest.mark.parametrize("name", NAMES)
def test_worked_cases_are_decided_alike_on_every_engine(connection: psycopg.Connection, name: str) -> None:
    case = parse_case(worked(name)["case"])
    plan, numbers = law_of(case.policy, case.overrides).on(case.decision_date)
    table = table_of(plan, [case.facts()])

    alone = _one_by_one(plan, [case.facts()], numbers)

    assert _in_postgresql(connection, plan, table, numbers) == alone
    if not plan.absent and numbers.has(plan.parameters):
        assert _in_columns(plan, table, numbers) == alone


@pytest.mark.parametrize("month", MONTHS, ids=str)
def test_a_whole_snapshot_gives_the_same_file_in_columns_and_in_postgresql(
    connection: psycopg.Connection, tmp_path: pathlib.Path, month: date
) -> None:
    write_snapshot(2_000, 21, tmp_path / "snapshot")

    assess_snapshot(tmp_path / "snapshot", month, tmp_path / "columns.parquet")
    assess_in_postgresql(connection, tmp_path / "snapshot", month, tmp_path / "sql.parquet")

    ours, theirs = (pq.read_table(tmp_path / f"{name}.parquet") for name in ("columns", "sql"))
    assert ours.schema == theirs.schema
    assert ours.to_pydict() == theirs.to_pydict()
    assert theirs.schema.metadata == {**ours.schema.metadata, b"engine": b"postgresql"}


@pytest.mark.parametrize("day", [date(2024, 5, 31), date(2024, 10, 31), date(2026, 7, 31)], ids=str)
def test_cases_of_a_snapshot_are_answered_as_its_file_says(tmp_path: pathlib.Path, day: date) -> None:
    write_snapshot(400, 22, tmp_path / "snapshot")
    assess_snapshot(tmp_path / "snapshot", add_months(month_of(day), 1), tmp_path / "decided.parquet")
    decided = pq.read_table(tmp_path / "decided.parquet").to_pylist()

    for number, case in cases(next(groups(tmp_path / "snapshot")), 400, day, POLICY):
        answer = assess(parse_case(case), trace=False)
        assert decided[number] == {
            "household_id": number, "outcome": answer.outcome, "members": answer.members,
            "monthly_benefit_fen": answer.monthly_benefit_fen, "base_benefit_fen": answer.base_benefit_fen,
            "supplement_fen": answer.supplement_fen, "first_month": answer.first_month,
        }  # fmt: skip


def test_nothing_stays_in_the_database(connection: psycopg.Connection) -> None:
    day = date(2024, 5, 31)
    plan, numbers = law_of(POLICY).on(day)

    evaluate(connection, plan, random_table(10, 1, day), numbers, TARGETS)

    assert connection.execute("SELECT count(*) FROM pg_class WHERE relname = 'member_facts'").fetchone() == (0,)
