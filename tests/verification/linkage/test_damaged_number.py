"""Tier C: the number is damaged or missing. What else agrees is weighed, field by field."""

from datetime import date

import pytest

from opendibao.kernel.ids import check_digit, make_id_number
from tests.verification.linkage.written import WANG, ZHANG, linked, row, told, zhang

HOME, BORN = "999999100001", date(1960, 3, 5)
WANG_ROW = {"key": "wang", "name": "王秀英", "id_number": WANG}


@pytest.mark.parametrize(("number", "levels", "score"), [
    # one place wrong in the division: name 1000, division near 200, day 1400, last four 1100
    ("99999819600305123X", {"region": "near", "born": "same", "seq": "same"}, 3700),
    # in the day: division 500, two of year, month and day 600, last four 1100
    ("99999919600805123X", {"region": "same", "born": "near", "seq": "same"}, 3200),
    # in the last four: division 500, day 1400, one place differs 210
    ("999999196003051233", {"region": "same", "born": "same", "seq": "near"}, 3110),
    # two neighbours of the last four exchanged
    ("99999919600305213X", {"region": "same", "born": "same", "seq": "near"}, 3110),
    # two neighbours of the day exchanged: within the year, over the border of month and day
    ("99999919060305123X", {"region": "same", "born": "near", "seq": "same"}, 3200),
    ("99999919600035123X", {"region": "same", "born": "near", "seq": "same"}, 3200),
    # the last of the division and the first of the day exchanged
    ("99999199600305123X", {"region": "near", "born": "near", "seq": "same"}, 2900),
    # masked: division 500, last four 1100
    ("999999********123X", {"region": "same", "seq": "same"}, 2600),
    ("999999＊＊＊＊＊＊＊＊123X", {"region": "same", "seq": "same"}, 2600),
    # a workbook destroyed the last three: division 500, day 1400
    ("999999196003051000"[:15] + "000", {"region": "same", "born": "same"}, 2900),
    ("9.99999196003051E+17", {"region": "same", "born": "same"}, 2900),
    # one place lost in the division, in the day, at the end
    ("9999919600305123X", {"region": "near", "born": "same", "seq": "same"}, 3700),
    ("9999991960305123X", {"region": "same", "seq": "same"}, 2600),
    ("99999919600305123", {"region": "same", "born": "same", "seq": "other"}, 2400),
])  # fmt: skip
def test_a_damaged_number_is_repaired_by_what_is_left_of_it(number: str, levels: dict[str, str], score: int) -> None:
    (found,) = linked([zhang(), WANG_ROW], row(id_number=number))

    assert (found.person, found.tier, found.score) == ("zhang", "repaired", score)
    assert told(found) == {"name": "same", **levels}


@pytest.mark.parametrize(("other", "tier", "score"), [
    ({"born": "1960-03-05"}, "repaired", 2400),                 # 1000 + 1400
    ({"born": "1960-03-05", "sex": "男"}, "repaired", 2500),
    ({"born": "1960-03-05", "sex": "女"}, "review", 2000),      # −400
    ({"phone": "13812345678"}, "repaired", 2600),               # 1000 + 1600
    ({"born": "1960-05-03", "phone": "13812345678"}, "repaired", 3200),  # month and day exchanged 600
    ({"born": "1960-03-05", "phone": "13987654321"}, "review", 2290),  # −110
    ({"born": "1960-03-05", "division": HOME}, "repaired", 2800),      # same village 400
    ({"born": "1960-03-05", "division": "999999100000"}, "repaired", 2620),  # same township 220
    ({"born": "1960-03-05", "division": "999999"}, "repaired", 2450),  # same county 50
    ({"born": "1960-03-05", "division": "888888"}, "review", 2350),    # another −50
])  # fmt: skip
def test_a_row_without_a_number_needs_something_else(other: dict[str, str], tier: str, score: int) -> None:
    (found,) = linked([zhang(phone="13812345678", division=HOME)], row(**other))

    assert (found.person, found.tier, found.score) == ("zhang", tier, score)


@pytest.mark.parametrize("other", [
    {}, {"sex": "男"}, {"division": HOME}, {"born": "1961-04-06"}, {"phone": "13987654321"},
])  # fmt: skip
def test_a_name_alone_links_nobody(other: dict[str, str]) -> None:
    assert linked([zhang(phone="13812345678", division=HOME)], row(**other)) == []


def test_a_name_that_only_sounds_alike_needs_more_than_a_birthday() -> None:
    (found,) = linked([zhang()], row("張健国", born="1960-03-05"))

    assert (found.tier, found.score, told(found)["name"]) == ("review", 2200, "sound")


def test_a_short_name_with_a_birthday_goes_to_a_person() -> None:
    (found,) = linked([zhang(name="张伟")], row("张伟", born="1960-03-05", sex="男"))

    assert (found.tier, found.score) == ("review", 2350)  # 850 + 1400 + 100


def test_a_conflicting_name_is_never_automatic_whatever_the_weight() -> None:
    """Twins on one telephone: everything agrees but the name and one place of the number."""
    person = zhang(phone="13812345678", division=HOME)

    (found,) = linked([person], row("李小明", "99999819600305123X", phone="13812345678", division=HOME))

    # −800 + 200 + 1400 + 1100 + 1600 + 400
    assert (found.tier, found.score) == ("review", 3900)


def test_the_day_of_a_column_finds_the_day_of_a_number_and_the_other_way_round() -> None:
    told_beside = zhang(id_number="", born="1960-03-05")

    (one,) = linked([zhang()], row(born="1960-03-05"))
    (other,) = linked([told_beside], row(id_number=ZHANG))

    assert (one.tier, one.score) == (other.tier, other.score) == ("repaired", 2400)


def test_our_own_number_may_be_the_damaged_one() -> None:
    (found,) = linked([zhang(id_number="99999819600305123X"), WANG_ROW], row(id_number=ZHANG))

    assert (found.person, found.tier, found.score) == ("zhang", "repaired", 3700)


def test_a_number_that_a_workbook_rounded_to_a_right_check_digit_is_not_believed() -> None:
    # the only sequence d00 whose check digit happens to be 0
    d = next(d for d in range(10) if check_digit(f"99999919600305{d}00") == "0")
    person = zhang(id_number=make_id_number("999999", BORN, d * 100 + 37))

    (found,) = linked([person], row(id_number=f"99999919600305{d}00" + "0"))

    assert (found.tier, found.score) == ("repaired", 2900)


def test_two_whole_numbers_that_differ_are_two_people() -> None:
    other = make_id_number("999999", BORN, 455)

    assert linked([zhang(division=HOME)], row(id_number=other, division=HOME)) == []


def test_a_row_that_contradicts_its_own_number_is_offered_to_a_person() -> None:
    """His name and his birthday beside his wife's number, who is none of ours."""
    (found,) = linked([zhang()], row(id_number=WANG, born="1960-03-05"))

    assert (found.tier, found.score) == ("review", 1600)  # −800 + 1000 + 1400
    assert told(found) == {"id_number": "other", "name": "same", "born": "same"}
