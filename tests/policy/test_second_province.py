"""A province is a folder: the same families under a second, made-up one get other amounts, each worked out by hand."""

from datetime import date

import pytest

from opendibao.policy.reader import load_pack, pack_of_division
from opendibao.rules import assess, parse_case
from opendibao.rules.answer import Answer
from tests.rules.worked_cases import NAMES, worked

COAST = "demo-coast-2024"


def there(name: str) -> Answer:
    """The family of a worked case, decided on the same day in the county by the sea."""
    return assess(parse_case({**worked(name)["case"], "policy": COAST}), trace=False)


@pytest.mark.parametrize(
    ("name", "outcome", "fen"),
    [
        # four persons at 680; wages 2,000 less 300 for working: (680 × 4 − 1,700) = 1,020
        ("G07", "dibao", 102_000),
        # own income none: 680, and 30 % of it for severe disability: 680 + 204
        ("G09b", "single_person", 88_400),
        # 880 × 3 × 12 = 31,680; 12 × (3,600 − 300 − 350) = 35,400 less 80 % of 18,000 = 21,000;
        # 10,680 / 12 = 890, and 25 % of 880 for the illness: 890 + 220
        ("G10", "dibao", 111_000),
        # gap 9,600 of 16,320 is 58.8 %: between 30 % and 60 %, the second tier of 450 for two
        ("G14", "dibao", 90_000),
    ],
)
def test_the_same_family_gets_what_its_own_province_says(name: str, outcome: str, fen: int) -> None:
    answer = there(name)

    assert (answer.outcome, answer.monthly_benefit_fen) == (outcome, fen)


def test_no_number_is_missing_there_but_the_one_that_the_nation_has_not_fixed() -> None:
    assert [name for name in NAMES if there(name).outcome == "rule_gap"] == ["G15"]


def test_it_knows_every_parameter_of_the_first() -> None:
    assert load_pack(COAST).paths == load_pack("jx-demo-2024").paths


def test_a_city_fixes_what_it_may_between_county_and_province() -> None:
    pack = load_pack(COAST)
    row = pack.row("grace.months", date(2024, 5, 20))

    assert (row.division, row.value) == ("9801", 9)
    assert pack.row("edge.ratio", date(2024, 5, 20)).division == "98"
    assert there("G11").payments[0].last_month == "2025-02"  # nine months from 2024-06


def test_its_standard_rises_in_the_middle_of_a_year() -> None:
    pack = load_pack(COAST)

    days = [date(2024, 6, 30), date(2024, 7, 1)]
    assert [pack.value("standard.rural", day) for day in days] == [68_000, 71_000]
    assert pack_of_division("980101000000").name == COAST


def test_nothing_made_up_counts_as_checked() -> None:
    rows = [row for level in load_pack(COAST).levels for rows in level.values() for row in rows]

    assert {row.path for row in rows if row.is_verified and "演示" in row.source} == set()
