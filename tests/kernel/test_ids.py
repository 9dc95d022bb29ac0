from datetime import date

import pytest

from opendibao.kernel.ids import (
    DEMO_PREFIX,
    BadIdNumber,
    check_digit,
    county_of,
    is_division,
    make_id_number,
    mask_account,
    mask_id_number,
    mask_name,
    parse_id_number,
    reach_of,
    township_of,
)

DAY = date(2024, 5, 20)


@pytest.mark.parametrize(
    ("first17", "digit"),
    [
        ("11010519491231002", "X"),  # the sample printed in GB 11643: Σ = 167, 167 mod 11 = 2
        ("36042919800101001", "X"),  # Σ = 222
        ("36042919530715002", "X"),  # Σ = 299
        ("36042920120229103", "5"),  # Σ = 260, mod 7
        ("99999919800101001", "1"),  # Σ = 462, mod 0
        ("99999919530715002", "1"),  # Σ = 539
        ("99999920120229103", "7"),  # Σ = 500, mod 5
    ],
)
def test_the_check_digit_follows_the_standard(first17: str, digit: str) -> None:
    assert check_digit(first17) == digit


def test_a_number_tells_birthday_and_sex() -> None:
    found = parse_id_number("11010519491231002X", on=DAY)

    assert (found.text, found.born, found.sex) == ("11010519491231002X", date(1949, 12, 31), "female")
    assert parse_id_number("999999201202291037", on=DAY).sex == "male"


def test_a_small_x_becomes_a_large_one() -> None:
    assert parse_id_number(" 11010519491231002x ", on=DAY).text == "11010519491231002X"


def test_an_old_number_of_fifteen_places_is_upgraded() -> None:
    # 110105 491231 002 → 110105 19491231 002 X
    assert parse_id_number("110105491231002", on=DAY).text == "11010519491231002X"


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("110105194912310021", "校验位"),
        ("11010519491231002", "18位"),
        ("1101051949123100XX", "18位"),
        ("1.10105194912310E+17", "18位"),
        ("１１０１０５194912310021", "18位"),  # full-width digits would look alike and match nothing
        ("", "18位"),
        (make_id_number(DEMO_PREFIX, date(2024, 5, 21), 11), "不合理"),  # born tomorrow
        (make_id_number(DEMO_PREFIX, date(1893, 5, 20), 11), "不合理"),  # 131 years old
    ],
)
def test_a_wrong_number_is_refused_with_its_reason(raw: str, said: str) -> None:
    with pytest.raises(BadIdNumber, match=said):
        parse_id_number(raw, on=DAY)


@pytest.mark.parametrize("born", ["20230229", "20231301", "20230431"])
def test_a_birthday_that_does_not_exist_is_refused_though_the_digit_is_right(born: str) -> None:
    first17 = f"999999{born}011"

    with pytest.raises(BadIdNumber, match="出生日期不存在"):
        parse_id_number(first17 + check_digit(first17), on=DAY)


def test_what_we_make_we_can_read() -> None:
    made = make_id_number(DEMO_PREFIX, date(1960, 2, 29), 124)

    assert made.startswith("99999919600229124")
    assert parse_id_number(made, on=DAY).born == date(1960, 2, 29)


def test_what_is_shown_is_masked() -> None:
    assert mask_id_number("999999195307150021") == "999999********0021"
    assert mask_account("6228480402564890018") == "***************0018"
    assert mask_account("12") == "12"
    assert mask_name("王秀英") == "王**"


def test_a_division_has_twelve_digits() -> None:
    assert is_division("360429100001")
    assert not is_division("36042910000")
    assert not is_division("36042910000x")


@pytest.mark.parametrize(
    ("code", "reach"),
    [("360429000000", "360429"), ("360429100000", "360429100"), ("360429100001", "360429100001")],
)
def test_the_reach_of_a_division_is_what_its_villages_begin_with(code: str, reach: str) -> None:
    assert reach_of(code) == reach
    assert "360429100001".startswith(reach)


def test_a_village_lies_in_a_township_in_a_county() -> None:
    assert township_of("360429100001") == "360429100000"
    assert county_of("360429100001") == "360429000000"
