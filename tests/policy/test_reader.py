from datetime import date
from typing import Any

import pytest

from opendibao.policy.pack import BadPolicy, Pack, RuleGap
from opendibao.policy.reader import load_pack, pack_names, pack_of_division, read_file, rows_of, value
from opendibao.policy.shares import check_shares

DAY = date(2024, 5, 20)


def _file(rows: str, *, path: str = "standard.rural", unit: str = "fen", top: str = "") -> str:
    return (
        f'division: "99"\nzh: 试验\n{top}parameters:\n  {path}:\n    zh: 标准\n    unit: {unit}\n    rows: [{rows}]\n'
    )


def _row(since: str, value: Any = 100, until: str = "", verified: str = "false") -> str:
    end = f", until: {until}" if until else ""
    return f"{{from: {since}{end}, value: {value}, source: 试验参数, verified: {verified}}}"


def _read(text: str) -> Any:
    return rows_of(read_file(text, "试验.yaml"), "试验.yaml")


def test_rows_follow_each_other_day_by_day() -> None:
    rows = _read(_file(f"{_row('2024-01-01', 200)}, {_row('2023-01-01', 100, '2023-12-31')}"))["standard.rural"]

    assert [(r.since, r.until, r.value) for r in rows] == [
        (date(2023, 1, 1), date(2023, 12, 31), 100),
        (date(2024, 1, 1), None, 200),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (_file(f"{_row('2023-01-01')}, {_row('2024-01-01')}"), "重叠"),
        (_file(f"{_row('2023-01-01', 1, '2024-01-01')}, {_row('2024-01-01')}"), "重叠"),
        (_file(f"{_row('2023-01-01', 1, '2023-12-30')}, {_row('2024-01-01')}"), "没有数值"),
        (_file(_row("2024-01-01", 1, "2023-12-31")), "起始日之前就结束"),
        (_file(_row("2024-02-30")), "日期写错"),
        (_file(_row("2024-01-01", -1)), "parameters.standard.rural.rows.0"),
        (_file(_row("2024-01-01", 100.5)), "不合"),
        (_file(_row("2024-01-01", "ALWAYS")), "不合"),
        (_file(_row("2024-01-01", 1), unit="word"), "不合"),
        (_file(_row("2024-01-01"), unit="yuan"), "unit"),
        (_file(_row("2024-01-01"), path="standard"), "parameters"),
        (_file("{from: 2024-01-01, value: 1, verified: true}"), "source"),
        (_file("{from: 2024-01-01, value: 1, source: 试验参数}"), "verified"),
        (_file(_row("2024-01-01", verified="maybe")), "verified"),
        (_file(""), "rows"),
        (_file(_row("2024-01-01"), top="colour: red\n"), "colour"),
        ("[1, 2]", "开头"),
    ],
)
def test_a_wrong_file_is_refused_at_the_place(text: str, said: str) -> None:
    with pytest.raises(BadPolicy, match=said) as refusal:
        _read(text)

    assert "试验.yaml" in str(refusal.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('division: "99"\nzh: 试验\n  parameters: [', "试验.yaml 第3行：不是正确的 YAML 格式"),
        (_file(_row("2024-01-01")) + "zh: 又写一次\n", "试验.yaml 第8行 的 zh：同一个键写了两次"),
        (_file(_row("2024-01-01", -1)), "试验.yaml 第7行 的 parameters.standard.rural.rows.0.value"),
        (_file(_row("2024-01-01"), unit="yuan"), "试验.yaml 第6行 的 parameters.standard.rural.unit"),
    ],
)
def test_the_line_is_told(text: str, said: str) -> None:
    with pytest.raises(BadPolicy) as refusal:
        _read(text)

    assert str(refusal.value).startswith(said)


def test_the_nearest_division_wins() -> None:
    pack = load_pack("jx-demo-2024")

    assert pack.row("standard.rural", DAY).division == "360429"
    assert pack.row("grace.months", DAY).division == "99"
    assert pack.row("clock.decide", DAY).division == "00"


def test_a_countys_own_row_hides_its_provinces() -> None:
    pack = load_pack("jx-demo-2024").with_overrides({"grace.months": [(date(2024, 7, 1), 3)]})

    assert pack.value("grace.months", date(2024, 6, 30)) == 6
    assert pack.value("grace.months", date(2024, 7, 1)) == 3


def test_the_regime_is_chosen_by_the_day() -> None:
    pack = load_pack("jx-demo-2024")

    days = [date(2021, 6, 30), date(2021, 7, 1), date(2026, 6, 30), date(2026, 7, 1)]
    assert [pack.word("regime.name", day) for day in days] == ["R1", "R2", "R2", "R3"]


def test_a_day_without_a_row_is_a_gap_and_never_zero() -> None:
    pack = load_pack("jx-demo-2024")

    with pytest.raises(RuleGap, match="2025-12-31") as gap:
        pack.value("exclusion.basic_pension", date(2026, 1, 1))
    assert gap.value.path == "exclusion.basic_pension"
    with pytest.raises(RuleGap):
        pack.on(date(2026, 1, 1))["exclusion.basic_pension"]
    with pytest.raises(RuleGap):
        pack.value("standard.rural", date(2022, 12, 31))


def test_a_word_is_not_a_number() -> None:
    with pytest.raises(BadPolicy, match="不是数字"):
        load_pack("jx-demo-2024").value("regime.name", DAY)


def test_two_assumed_numbers_of_one_day_are_refused() -> None:
    with pytest.raises(BadPolicy, match="两个假设值"):
        load_pack("jx-demo-2024").with_overrides({"standard.rural": [(DAY, 1), (DAY, 2)]})


def test_a_pack_is_found_by_name_and_by_division() -> None:
    assert "jx-demo-2024" in pack_names()
    assert pack_of_division("360429100000").name == "jx-demo-2024"
    assert value("standard.urban", on=DAY, division="360429000000") == 94_500
    with pytest.raises(BadPolicy, match="jx-demo-2024"):
        load_pack("nowhere")
    with pytest.raises(BadPolicy, match="没有参数包"):
        pack_of_division("110105000000")


def test_the_digest_changes_with_any_row() -> None:
    pack = load_pack("jx-demo-2024")

    assert pack.digest != pack.with_overrides({"standard.rural": [(date(2099, 1, 1), 1)]}).digest


def test_the_shares_of_the_budget_are_whole() -> None:
    level = _read(_file(_row("2024-01-01", 9_999), path="cost_share.central", unit="bp"))

    with pytest.raises(BadPolicy, match="试验省：各级财政分担在 2024-01-01 合计 9999"):
        check_shares(Pack("test", "97", "试验省", True, (level,)))


def test_numbers_are_the_same_between_two_changes() -> None:
    pack = load_pack("jx-demo-2024")

    assert pack.on(date(2024, 1, 1)).rows is pack.on(date(2024, 12, 31)).rows
    assert pack.on(date(2025, 12, 31)).rows is not pack.on(date(2026, 1, 1)).rows
    assert len(pack.on(DAY)) == len(list(pack.on(DAY)))
