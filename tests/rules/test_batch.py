"""A snapshot decided in columns is decided as each household alone; a broken one is refused by file and column."""

import json
import pathlib
from collections.abc import Callable
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from opendibao.formula.lazy import LazyHousehold, NoRuleInForce
from opendibao.kernel.month import add_months, age_on, last_day, month_text
from opendibao.policy.pack import RuleGap
from opendibao.rules import batch
from opendibao.rules.assess import PAID, TARGETS, TEKUN_TARGETS
from opendibao.rules.batch import assess_snapshot
from opendibao.rules.fields import CaseError
from opendibao.rules.law import law_of
from opendibao.rules.snapshot import BadSnapshot, write_snapshot
from opendibao.rules.snapshot_reading import groups, table_on
from opendibao.rules.vocabulary import OUTCOMES, RULE_GAP
from tests.rules.snapshots import POLICY, facts_of

HOUSEHOLDS = 600
JUNE = date(2024, 6, 1)
# the law's times: nothing known, before and after the rigid kind, basic pension without a number (G15), the new law
MONTHS = [date(2014, 1, 1), JUNE, date(2024, 11, 1), date(2026, 2, 1), date(2026, 8, 1)]


@pytest.fixture
def snapshot(tmp_path: pathlib.Path) -> pathlib.Path:
    write_snapshot(HOUSEHOLDS, 5, tmp_path / "snapshot")
    return tmp_path / "snapshot"


def _value(household: LazyHousehold, name: str) -> int | None:
    try:
        return int(household.value("household", name))
    except (RuleGap, NoRuleInForce):
        return None


def _alone(household: LazyHousehold, place: int, month: date) -> dict[str, object]:
    """What `assess` says of one household, from the engine that computes on demand."""
    found = {name: _value(household, name) for name in TARGETS}
    word = OUTCOMES[found["outcome"]] if found["outcome"] is not None else ""
    needed = TEKUN_TARGETS if word == "tekun" else TARGETS
    is_gap = any(found[name] is None for name in needed)
    first = month_text(month) if word in PAID and not is_gap else None
    amounts = [0 if is_gap else found[name] for name in ("monthly_benefit", "base_benefit", "supplements")]
    return {
        "household_id": place, "outcome": RULE_GAP if is_gap else word, "members": found["members"] or 0,
        "monthly_benefit_fen": amounts[0], "base_benefit_fen": amounts[1], "supplement_fen": amounts[2],
        "first_month": first,
    }  # fmt: skip


@pytest.mark.parametrize("month", MONTHS, ids=month_text)
def test_every_household_is_decided_as_alone(snapshot: pathlib.Path, tmp_path: pathlib.Path, month: date) -> None:
    day = last_day(add_months(month, -1))
    plan, numbers = law_of(POLICY).on(day)
    families = facts_of(table_on(next(groups(snapshot)), day))

    assert assess_snapshot(snapshot, month, tmp_path / "out.parquet") == HOUSEHOLDS

    decided = pq.read_table(tmp_path / "out.parquet").to_pylist()
    alone = [_alone(LazyHousehold(plan, facts, numbers), i, month) for i, facts in enumerate(families)]
    assert decided == alone


def test_the_file_says_what_made_it_and_nothing_is_left_beside_it(
    snapshot: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    assess_snapshot(snapshot, JUNE, tmp_path / "out.parquet", policy="demo-hills-2024")

    said = pq.read_schema(tmp_path / "out.parquet").metadata
    law = law_of("demo-hills-2024")
    assert said == {
        b"rule_set": law.rule_set.encode(), b"policy": b"demo-hills-2024", b"month": b"2024-06", b"engine": b"numpy",
    }  # fmt: skip
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.parquet", "snapshot"]


def test_groups_larger_than_usual_are_decided_in_wider_numbers(
    snapshot: pathlib.Path, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assess_snapshot(snapshot, JUNE, tmp_path / "usual.parquet")
    monkeypatch.setattr(batch, "_USUAL_ROWS", 1)

    assess_snapshot(snapshot, JUNE, tmp_path / "wide.parquet")

    assert pq.read_table(tmp_path / "wide.parquet").equals(pq.read_table(tmp_path / "usual.parquet"))


@pytest.mark.parametrize("born", [date(1960, 2, 29), date(1964, 5, 31), date(1964, 6, 1), date(2024, 2, 29)])
@pytest.mark.parametrize("day", [date(2024, 2, 28), date(2024, 2, 29), date(2025, 2, 28), date(2025, 3, 1)])
def test_an_age_from_two_numbers_is_the_age_from_two_days(born: date, day: date) -> None:
    number = int(f"{day:%Y%m%d}") - int(f"{born:%Y%m%d}")

    assert max(number // 10_000, 0) == max(age_on(born, day), 0)


def test_what_is_there_already_is_not_written_over(snapshot: pathlib.Path, tmp_path: pathlib.Path) -> None:
    (tmp_path / "out.parquet").write_text("kept")

    with pytest.raises(BadSnapshot, match="已经存在"):
        assess_snapshot(snapshot, JUNE, tmp_path / "out.parquet")

    assert (tmp_path / "out.parquet").read_text() == "kept"


def test_an_unknown_policy_is_refused(snapshot: pathlib.Path, tmp_path: pathlib.Path) -> None:
    with pytest.raises(CaseError, match="没有参数包"):
        assess_snapshot(snapshot, JUNE, tmp_path / "out.parquet", policy="nowhere")


def _changed(path: pathlib.Path, change: Callable[[pa.Table], pa.Table]) -> None:
    table = change(pq.read_table(path))
    pq.write_table(table, path, row_group_size=max(1, table.num_rows))


def _with(name: str, values: pa.Array) -> Callable[[pa.Table], pa.Table]:
    return lambda table: table.set_column(table.schema.get_field_index(name), name, values)


def _refused(snapshot: pathlib.Path, match: str) -> None:
    with pytest.raises(BadSnapshot, match=match):
        assess_snapshot(snapshot, JUNE, snapshot.parent / "out.parquet")
    assert [path.name for path in snapshot.parent.iterdir()] == ["snapshot"]


def test_a_file_cut_short_is_refused(snapshot: pathlib.Path) -> None:
    whole = (snapshot / "member.parquet").read_bytes()
    (snapshot / "member.parquet").write_bytes(whole[: len(whole) // 2])

    _refused(snapshot, r"member.parquet：不是完整的 Parquet 文件")


def test_a_column_of_another_type_is_refused(snapshot: pathlib.Path) -> None:
    _changed(snapshot / "household.parquet", _with("dwellings", pa.array(["一"] * HOUSEHOLDS)))

    _refused(snapshot, r"household.parquet：没有类型为 .* 的列 dwellings")


def test_a_missing_column_is_refused(snapshot: pathlib.Path) -> None:
    _changed(snapshot / "household.parquet", lambda table: table.drop_columns(["cars"]))

    _refused(snapshot, r"household.parquet：没有类型为 .* 的列 cars")


def test_an_empty_value_is_refused(snapshot: pathlib.Path) -> None:
    held = pq.read_schema(snapshot / "household.parquet").field("financial_assets").type
    _changed(snapshot / "household.parquet", _with("financial_assets", pa.array([None, *[1] * (HOUSEHOLDS - 1)], held)))

    _refused(snapshot, r"household.parquet 的列 financial_assets 有1个空值")


def test_members_out_of_order_are_refused(snapshot: pathlib.Path) -> None:
    _changed(snapshot / "member.parquet", lambda table: table.take(np.arange(table.num_rows)[::-1].copy()))

    _refused(snapshot, r"第1组：member：下级的行没有按上级的次序排列")


def test_a_household_of_more_than_thirty_is_refused(snapshot: pathlib.Path) -> None:
    def crowd(table: pa.Table) -> pa.Table:
        places = np.sort(np.concatenate([np.zeros(31, np.int32), table["household"].to_numpy()[31:]]))
        return _with("household", pa.array(places.astype(np.int32)))(table)

    _changed(snapshot / "member.parquet", crowd)

    _refused(snapshot, r"第1组：member：一行下面最多30行")


def test_another_programs_snapshot_is_refused(snapshot: pathlib.Path) -> None:
    said = json.loads((snapshot / "manifest.json").read_text())
    (snapshot / "manifest.json").write_text(json.dumps({**said, "facts": "0" * 64}))

    _refused(snapshot, "快照的事实与现在的规则不同")


def test_files_of_different_groups_are_refused(snapshot: pathlib.Path) -> None:
    whole = pq.read_table(snapshot / "job.parquet")
    pq.write_table(whole, snapshot / "job.parquet", row_group_size=max(1, whole.num_rows // 2))

    _refused(snapshot, "行组数不同")
