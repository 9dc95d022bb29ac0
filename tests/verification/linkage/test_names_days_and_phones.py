"""Names, days, telephones, sexes and divisions as departments write them."""

import pytest

from opendibao.verification.linkage.days_and_phones import day_of, division_of, phone_of, sex_of
from opendibao.verification.linkage.names import clean_name, pinyin


@pytest.mark.parametrize(("text", "name"), [
    ("张建国", "张建国"), (" 张 建 国 ", "张建国"), ("张　建国", "张建国"), ("买买提·吐尔逊", "买买提吐尔逊"),
    ("买买提•吐尔逊", "买买提吐尔逊"), ("买买提.吐尔逊", "买买提吐尔逊"), ("张建国（曾用名张狗儿）", "张建国"),
    ("张建国(男)", "张建国"), ("（张建国）", "张建国"), ("王*英", ""), ("张＊＊", ""), ("", ""), ("123", ""),
    ("John Smith", "JOHNSMITH"), ("𠮷野", "𠮷野"),
])  # fmt: skip
def test_a_name_is_cleaned(text: str, name: str) -> None:
    assert clean_name(text) == name


@pytest.mark.parametrize(("one", "other"), [
    ("张建国", "張建國"), ("陈丽华", "陳麗華"), ("王秀英", "王绣瑛"), ("单国强", "单國強"), ("刘云", "劉雲"),
])  # fmt: skip
def test_what_is_read_alike_has_one_reading(one: str, other: str) -> None:
    assert pinyin(one) == pinyin(other)


def test_a_reading_keeps_its_characters_apart() -> None:
    assert pinyin("张建国") == "zhang jian guo"
    assert pinyin("西安") != pinyin("先")


@pytest.mark.parametrize("text", [
    "1960-03-05", "1960/3/5", "1960.3.5", "1960年3月5日", "19600305", "1960-03-05 00:00:00", "1960-03-05T00:00:00",
    "１９６０－０３－０５", "19600305000000", "19600305.0", "21980",
])  # fmt: skip
def test_a_day_in_any_usual_form(text: str) -> None:
    assert day_of(text) == "19600305"  # 21980 days after 1899-12-30


@pytest.mark.parametrize(
    "text", ["", "1960", "1960-13-05", "1960-02-30", "600305", "不详", "99999", "00000000", "1900-01-01"]
)
def test_what_is_no_day_is_none(text: str) -> None:
    assert day_of(text) == ""


@pytest.mark.parametrize("text", [
    "13812345678", "138 1234 5678", "138-1234-5678", "+8613812345678", "8613812345678", "008613812345678",
    "１３８１２３４５６７８", "13812345678.0",
])  # fmt: skip
def test_a_mobile_number_in_any_usual_form(text: str) -> None:
    assert phone_of(text) == "13812345678"


@pytest.mark.parametrize(
    "text", ["", "0796-8612345", "12345", "23812345678", "1381234567", "138****5678", "13800000000", "13888888888"]
)
def test_a_number_of_a_house_or_half_a_number_or_a_filler_is_none(text: str) -> None:
    assert phone_of(text) == ""


@pytest.mark.parametrize(("text", "sex"), [
    ("男", "male"), ("女", "female"), ("M", "male"), ("f", "female"), ("1", "male"), ("2", "female"),
    ("male", "male"), ("男性", "male"), ("9", ""), ("", ""), ("未知", ""),
])  # fmt: skip
def test_a_sex_in_words_or_by_code(text: str, sex: str) -> None:
    assert sex_of(text) == sex


@pytest.mark.parametrize(("text", "code"), [
    ("360429100001", "360429100001"), ("360429", "360429"), ("360429100.0", "360429100"), ("上坪村", ""), ("3604", ""),
])  # fmt: skip
def test_a_division_is_a_code_or_nothing(text: str, code: str) -> None:
    assert division_of(text) == code
