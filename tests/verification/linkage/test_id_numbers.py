"""What is left of a number that a department wrote."""

import pytest

from opendibao.kernel.ids import check_digit
from opendibao.verification.linkage.id_numbers import IdParts, id_parts, is_day
from tests.verification.linkage.written import ZHANG

WHOLE = IdParts("ok", ZHANG, "999999", "19600305", "123X")


def test_the_number_of_these_tests_is_the_one_that_is_written_here() -> None:
    assert ZHANG == "99999919600305123X"


@pytest.mark.parametrize("text", [
    "99999919600305123X", "99999919600305123x", " 99999919600305123X\t", "999999 19600305 123X",
    "９９９９９９１９６００３０５１２３Ｘ", "999999-19600305-123X", "'99999919600305123X", "999999\u200b19600305123X",
])  # fmt: skip
def test_a_whole_number_is_whole_however_it_is_written(text: str) -> None:
    assert id_parts(text) == WHOLE


def test_fifteen_places_become_eighteen_with_the_check_digit() -> None:
    assert id_parts("999999600305123") == IdParts("legacy15", ZHANG, "999999", "19600305", "123X")


def test_a_number_cell_of_fifteen_places_is_still_fifteen_places() -> None:
    assert id_parts("999999600305123.0").flag == "legacy15"


def test_one_wrong_place_keeps_all_segments() -> None:
    # 8 instead of 9 in the sixth place
    assert id_parts("99999819600305123X") == IdParts("badcheck", "99999819600305123X", "999998", "19600305", "123X")


def test_a_day_that_does_not_exist_is_no_whole_number_even_when_the_check_digit_is_right() -> None:
    first17 = "99999919600230123"  # the thirtieth of February
    number = first17 + check_digit(first17)

    assert id_parts(number).flag == "badcheck"


@pytest.mark.parametrize(("text", "region", "birth", "sequence"), [
    ("999999********123X", "999999", "", "123X"),
    ("999999＊＊＊＊＊＊＊＊123X", "999999", "", "123X"),
    ("999999xxxxxxxx123X", "999999", "", "123X"),
    ("99999919600305****", "999999", "19600305", ""),
    ("9999**************", "", "", ""),
    ("999999****123X", "999999", "", "123X"),
])  # fmt: skip
def test_a_masked_number_shows_its_ends(text: str, region: str, birth: str, sequence: str) -> None:
    assert id_parts(text) == IdParts("masked", "", region, birth, sequence)


@pytest.mark.parametrize("text", [
    "999999196003051000"[:15] + "000", "9.99999196003051E+17", "9.99999196003051e17", "999999196003051000.0",
])  # fmt: skip
def test_a_workbook_keeps_fifteen_places(text: str) -> None:
    assert id_parts(text) == IdParts("excel15", "", "999999", "19600305", "")


def test_a_number_shown_in_few_places_tells_nothing() -> None:
    assert id_parts("9.99999E+17") == IdParts("missing")


@pytest.mark.parametrize(("text", "birth"), [
    ("9999919600305123X", "19600305"),    # one place lost in the division: the day is counted from the right
    ("99999919600305123", "19600305"),    # the last one lost: from the left
    ("9999991960305123X", ""),            # lost in the day itself
    ("9999991960030551234", "19600305"),  # one doubled at the end of the day
])  # fmt: skip
def test_a_place_lost_or_doubled_leaves_the_segments_around_it(text: str, birth: str) -> None:
    found = id_parts(text)

    assert (found.flag, found.id18, found.birth, found.sequence) == ("badlen", "", birth, text[-4:])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "无",
        "不详",
        "-",
        "X",
        "0",
        "000000000000000000",
        "111111111111111111",
        "123456789012345678",
        "123456",
    ],
)
def test_nothing_and_what_is_typed_for_nothing_is_missing(text: str) -> None:
    assert id_parts(text) == IdParts("missing")


@pytest.mark.parametrize("text", ["H1234567890", "54321", "G12345678", "1928374650" * 3])
def test_a_paper_of_another_kind_tells_nothing(text: str) -> None:
    assert id_parts(text) == IdParts("badlen")


@pytest.mark.parametrize(("day", "can_be"), [
    ("20000229", True), ("19000229", False), ("20240231", False), ("20241301", False), ("18790101", False),
    ("21000101", False), ("2024010", False), ("２０２４０１０１", False), ("20241231", True),
])  # fmt: skip
def test_a_day_on_which_somebody_can_be_born(day: str, can_be: bool) -> None:
    assert is_day(day) is can_be
