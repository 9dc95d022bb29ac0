"""来源所见: the samples of all sources read by the county's reader, and what their rows find, against the rules."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opendibao.rules.case import parse_case
from opendibao.verification import sources
from opendibao.verification.deliveries.reading.rows import read_rows
from opendibao.verification.sources import SOURCES
from opendibao.verification.sources.adapter import CODE, COUNT, DAY, MEASURE, MONEY, MONTH, Column, Found, Source
from opendibao.verification.sources.alerts import ALERTS
from tests.test_golden_cases import read_cases

FOLDER = Path(sources.__file__).parent
EVERY = pytest.mark.parametrize("name", list(SOURCES))
ON, LATER = date(2024, 5, 20), date(2026, 8, 3)
"""The samples are of March 2024; payment companies are asked since July 2026."""
VERDICTS = re.compile(r"不符合|骗|隐瞒|瞒报|违规|应当|停发低保|取消|超标|超过")
LONG_NUMBER = re.compile(r"[0-9]{7,}")
# by hand from the samples: who of their persons has something that bears on a case
FOUND = {
    "bank_deposits": {"王建国", "张伟", "陈国强", "刘芳", "赵敏", "孙丽华"},
    "business_registration": {"张伟", "王建国", "吴志明", "刘芳", "赵敏"},
    "civil_registry": {"张伟", "刘芳", "赵敏", "周玉兰", "孙丽华"},
    "farm_subsidies": {"王建国", "陈国强", "周玉兰", "黄小军"},
    "housing_fund": {"张伟", "刘芳", "吴志明", "赵敏", "黄小军"},
    "insurance": {"陈国强", "张伟", "赵敏", "李秀英", "黄小军"},
    "other_assistance": {"周玉兰", "赵敏", "陈国强", "黄小军", "孙丽华"},
    "payment_apps": {"张伟", "赵敏", "黄小军"},
    "prisons": {"吴志明", "黄小军", "张伟", "孙丽华"},
    "public_security": {"周玉兰", "陈国强", "赵敏", "吴志明", "黄小军"},
    "real_estate": {"王建国", "李秀英", "陈国强", "张伟", "黄小军"},
    "securities": {"张伟", "刘芳", "吴志明", "陈国强"},
    "social_insurance": {"王建国", "陈国强", "张伟", "刘芳", "赵敏", "李秀英"},
    "tax": {"张伟", "刘芳", "吴志明", "陈国强", "黄小军", "赵敏"},
    "vehicles": {"张伟", "吴志明", "黄小军", "陈国强", "刘芳"},
}


def day_of(name: str) -> date:
    """The day on which a sample's persons are asked about."""
    return LATER if SOURCES[name].since else ON


def sample(name: str) -> bytes:
    """The sample file of a source."""
    return (FOLDER / name / "sample.csv").read_bytes()


def kept(name: str, data: bytes) -> list[dict[str, Any]]:
    """The rows of a file as the county keeps them; none may be rejected."""
    rows = list[dict[str, Any]]()
    for batch in read_rows(data, SOURCES[name], day_of(name), SOURCES.values()).batches:
        assert [(one.number, one.field, one.reason) for one in batch.rejected] == []
        rows += batch.kept
    return rows


def sample_rows(name: str) -> list[dict[str, Any]]:
    """The rows of a sample as the county keeps them."""
    return kept(name, sample(name))


def find(name: str, rows: Sequence[Mapping[str, Any]]) -> Found | None:
    """What a source finds in rows on the day of its sample."""
    found = SOURCES[name].found
    assert found is not None
    return found(rows, day_of(name))


def findings() -> Iterator[tuple[str, date, Mapping[str, Any]]]:
    """Every finding that a case beside a source expects."""
    for name in SOURCES:
        for case in read_cases(FOLDER / name / "cases.yaml"):
            if case["expect"]:
                yield name, date.fromisoformat(case["given"]["on"]), case["expect"]


def refuse_unreadable(facts: Mapping[str, Any], on: date) -> None:
    """Facts that the rules cannot read raise CaseError."""
    of_member = {key: value for key, value in facts.items() if key != "property"}
    parse_case(
        {
            "decision_date": on, "policy": "jx-demo-2024", "area": "rural", "property": facts.get("property"),
            "members": [{"name": "甲", "born": "1950-01-01", "relation": "head", **of_member}],
        }
    )  # fmt: skip


def pieces(facts: Mapping[str, Any]) -> set[str]:
    """The pieces of the facts a finding speaks of, named as `speaks_of` names them."""
    owned = facts.get("property", {})
    assets = {f"financial_assets.{kind}" for kind in owned.get("financial_assets", {})}
    items = {f"{name}.{item['kind']}" for name in ("income", "spending") for item in facts.get(name, ())}
    return assets | items | (set(owned) - {"financial_assets"}) | (set(facts) - {"property", "income", "spending"})


@EVERY
def test_a_sample_is_taken_whole_and_shows_every_kind_of_row(name: str) -> None:
    rows = sample_rows(name)

    assert 6 <= len(rows) <= 12
    for column in SOURCES[name].columns:
        if column.kind == CODE and (column.is_needed or name == "public_security"):
            assert {row[column.name] for row in rows} == set(column.choices.values())


@EVERY
def test_a_sample_speaks_of_nobody_who_exists(name: str) -> None:
    numbers = [row["id_number"] for row in sample_rows(name)]

    assert all(number == "" or number.startswith("999999") for number in numbers)


@EVERY
def test_a_sample_finds_what_stands_in_it(name: str) -> None:
    rows = sample_rows(name)
    persons = {row["name"] for row in rows}

    found = {person for person in persons if find(name, [row for row in rows if row["name"] == person])}

    assert found == FOUND[name]


@EVERY
def test_a_department_may_send_its_sample_as_a_fixed_width_text(name: str) -> None:
    source = SOURCES[name]
    heads = {column.name: column.zh for column in (*source.identity, *source.columns)}
    lines = []
    for row in csv.DictReader(sample(name).decode("utf-8").splitlines()):
        cells = [(row[heads[column]].encode("gb18030"), width) for column, width in source.widths]
        assert all(len(cell) <= width for cell, width in cells)
        lines.append(b"".join(cell.ljust(width) for cell, width in cells))

    assert kept(name, b"\n".join(lines)) == sample_rows(name)


@EVERY
def test_a_department_may_use_its_own_headings_in_any_order_and_in_gb18030(name: str) -> None:
    source = SOURCES[name]
    own = {column.zh: (column.also or (column.zh,))[-1] for column in (*source.identity, *source.columns)}
    rows = [dict(reversed(row.items())) for row in csv.DictReader(sample(name).decode("utf-8").splitlines())]
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([own[head] for head in rows[0]])
    writer.writerows(list(row.values()) for row in rows)

    assert kept(name, text.getvalue().encode("gb18030")) == sample_rows(name)


def test_a_home_of_two_spouses_counts_once_for_the_family() -> None:
    rows = [row for row in sample_rows("real_estate") if row["name"] in ("王建国", "李秀英")]

    found = find("real_estate", rows)

    assert len(rows) == 2
    assert found is not None
    assert found.facts == {"property": {"dwellings": 1}}


def test_every_warning_has_its_words_and_some_source_raises_it() -> None:
    raised = {kind for _, _, expected in findings() for kind, _ in expected.get("alerts", ())}

    assert raised == set(ALERTS)


@pytest.mark.parametrize(("name", "on", "expected"), list(findings()))
def test_a_finding_is_read_by_the_rules_and_says_no_more_than_was_found(
    name: str, on: date, expected: Mapping[str, Any]
) -> None:
    facts = expected.get("facts", {})

    refuse_unreadable(facts, on)

    assert pieces(facts) <= set(SOURCES[name].speaks_of)
    assert not VERDICTS.search(expected["words"])
    assert not LONG_NUMBER.search(expected["words"])


def _values(column: Column) -> st.SearchStrategy[Any]:
    """Whatever the reader may keep of a column, empty where it need not be filled."""
    days = st.dates(date(1990, 1, 1), date(2026, 12, 31)).map(date.isoformat)
    kinds: dict[str, st.SearchStrategy[Any]] = {
        DAY: days, MONTH: days.map(lambda day: day[:7]), MONEY: st.integers(-100, 80_000_000),
        COUNT: st.integers(0, 2030), MEASURE: st.integers(0, 90_000),
        CODE: st.sampled_from(sorted(set(column.choices.values())) or [""]),
    }  # fmt: skip
    empty = "" if column.kind not in kinds or column.kind == CODE else None
    filled = kinds.get(column.kind, st.sampled_from(["甲", "乙"]))
    return filled if column.is_needed else st.one_of(st.just(empty), filled)


def _rows(source: Source) -> st.SearchStrategy[list[dict[str, Any]]]:
    columns = {column.name: _values(column) for column in source.columns}
    return st.lists(st.fixed_dictionaries({"name": st.just("甲"), **columns}), max_size=4)


@EVERY
@settings(max_examples=60, deadline=None)
@given(data=st.data(), on=st.dates(date(2020, 1, 1), date(2026, 12, 31)))
def test_whatever_a_department_sends_is_words_and_facts_that_the_rules_read(
    name: str, data: st.DataObject, on: date
) -> None:
    finder = SOURCES[name].found
    assert finder is not None

    found = finder(data.draw(_rows(SOURCES[name])), on)

    if found is not None:
        assert found.words
        assert {kind for kind, _ in found.alerts} <= set(ALERTS)
        assert all(words for _, words in found.alerts)
        assert pieces(found.facts) <= set(SOURCES[name].speaks_of)
        refuse_unreadable(found.facts, on)
