"""乡镇比较: rates by township, indexes with the county at 100, weighted and ranked; small numbers marked."""

from datetime import date
from decimal import Decimal

import pytest

from opendibao.evaluation.actions import SheetEntry, SheetTerms, load_sheet
from opendibao.evaluation.townships import Comparison, compare_townships, index_of, weighted_index
from opendibao.registry.actions import move_household
from tests.evaluation.year import LOCKED, YEAR, year
from tests.payment.builders import COUNTY, FAR_VILLAGE, VILLAGE, at, divisions, family
from tests.payment.months import JANUARY, paid


@pytest.mark.parametrize(
    ("counts", "direction", "index"),
    [
        ((90, 100, 180, 200), "at_least", "100.00"),
        ((45, 50, 80, 100), "at_least", "112.50"),
        # 2 of 3 over 200 of 300: exact, no rounded percent between
        ((2, 3, 200, 300), "at_least", "100.00"),
        # less is better: 96 % free of the fault over 98 %
        ((4, 100, 2, 100), "at_most", "97.96"),
        ((0, 10, 0, 100), "at_most", "100.00"),
        ((0, 10, 5, 100), "at_most", "105.26"),
        ((0, 0, 5, 100), "at_least", None),
        ((5, 10, 0, 0), "at_least", None),
        ((5, 10, 0, 100), "at_least", None),
    ],
)
def test_an_index_is_the_rate_over_the_county_s(
    counts: tuple[int, int, int, int], direction: str, index: str | None
) -> None:
    found = index_of(*counts, direction)
    assert (None if found is None else str(found)) == index


def test_indexes_are_weighted_over_what_was_measured() -> None:
    # (10 × 110 + 30 × 90) ÷ 40 = 95
    pairs = [(Decimal(10), Decimal(110)), (Decimal(30), Decimal(90)), (Decimal(60), None)]
    assert str(weighted_index(pairs)) == "95.00"
    assert weighted_index([(Decimal(10), None)]) is None


def entry(code: str, weight: str, direction: str = "at_least", target: str = "100") -> SheetEntry:
    return SheetEntry(code, direction, Decimal(target), f"≥{target}%", Decimal(weight))


@pytest.fixture
def compared(county: None) -> Comparison:
    """Two families in one township and one in another, paid in January; one of the first is sent back."""
    divisions()
    family("A1", division=VILLAGE)
    family("A2", division=VILLAGE)
    family("B1", division=FAR_VILLAGE)
    paid(JANUARY, returned={"A2": "账户已销户"})
    load_sheet(
        YEAR, COUNTY,
        [entry("paid_in_full", "10"), entry("rural_persons", "10", "at_most", "9"), entry("satisfaction", "5"),
         entry("standard_conformity", "0")],
        terms=SheetTerms.of_form("ninety"), at=LOCKED,
    )  # fmt: skip
    return compare_townships(year())


def test_townships_are_compared_by_rates_alone(compared: Comparison) -> None:
    assert [one.code for one in compared.indicators] == ["paid_in_full"]
    # a count of persons follows the size of a township; nobody was asked; a row without weight ranks nothing
    assert compared.left_out == ("农村低保对象人数", "困难群众满意度", "补助标准合规性")


def test_each_township_has_rate_index_and_rank(compared: Comparison) -> None:
    # 1 of 2 lines arrived in the first township, the only line in the second, 2 of 3 in the county
    told = [(one.name, one.rank, str(one.rates[0].value), str(one.index)) for one in compared.townships]
    assert told == [("镇101", 1, "100.00", "150.00"), ("镇100", 2, "50.00", "75.00")]
    county = compared.indicators[0].county
    assert (county.n, county.d) == (2, 3)
    assert all(one.rates[0].is_small for one in compared.townships)
    assert compared.small == 30


def test_a_township_without_rows_is_named_and_not_ranked(county: None) -> None:
    divisions()
    family("A1", division=VILLAGE)
    paid(JANUARY)
    load_sheet(YEAR, COUNTY, [entry("paid_in_full", "10")], terms=SheetTerms.of_form("ninety"), at=LOCKED)
    found = compare_townships(year())
    last = found.townships[-1]
    assert (last.rank, last.index, last.rates[0].value) == (0, None, None)


def test_a_household_that_moved_counts_where_it_lives_at_the_end(county: None) -> None:
    divisions()
    moved = family("A1", division=VILLAGE)
    family("B1", division=FAR_VILLAGE)
    paid(JANUARY)
    on = date(YEAR, 6, 3)
    move_household(moved.household.pk, division=FAR_VILLAGE, area="rural", address="2号", on=on, at=at(on))
    load_sheet(YEAR, COUNTY, [entry("paid_in_full", "10")], terms=SheetTerms.of_form("ninety"), at=LOCKED)
    found = compare_townships(year())
    assert [one.rates[0].d for one in found.townships if one.rates[0].d] == [found.indicators[0].county.d]
