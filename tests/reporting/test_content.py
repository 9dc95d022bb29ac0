"""报告内容: one printable line for every text, and fractions that stay with their parts."""

from dataclasses import replace

from opendibao.reporting.content import clean, cleaned, texts
from tests.reporting.contents import NASTY, hukou, row


def test_line_breaks_and_control_characters_become_one_line() -> None:
    assert clean("  张\n三\t（\x00\x07户主）\r\n") == "张 三 （户主）"


def test_a_template_mark_in_a_name_is_dropped() -> None:
    assert clean("王\U0010fff0\U0010fff2五\U0010fff4") == "王五"


def test_rare_characters_of_names_stay() -> None:
    assert clean("𠮷䶮㛃𱋿\ue7c7") == "𠮷䶮㛃𱋿\ue7c7"


def test_half_of_a_character_is_dropped_since_no_file_can_hold_it() -> None:
    assert clean("李\ud800四\ufffe") == "李四"


def test_cleaning_reaches_every_text_and_leaves_the_query_its_lines() -> None:
    dirty = replace(hukou(), county="湖口\n县", rows=(row(1, "x", "a/b", "名\x01称", "1", "1", "5", "5.00"),))

    made = cleaned(dirty)

    assert (made.county, made.rows[0].name) == ("湖口 县", "名称")
    assert "\n" in made.figures[0].sql


def test_texts_gives_strings_and_counts() -> None:
    found = set(texts(hukou()))

    assert {"湖口县", "2024", "5277", "+8.59万元", "95%区间 93.61%—98.62%（样本 200），下限低于95%"} <= found


def test_a_fraction_of_two_parts_keeps_them_together() -> None:
    two = row(7, "x", "a/b", "两项", "100%", "97.52%；99.49%", "5", "4.88", n="118；583", d="121；586")

    assert two.fraction == "（118/121；583/586）"


def test_what_was_not_measured_has_no_fraction() -> None:
    assert row(8, "x", "a/b", NASTY, "100%", "未测得", "5", "0.00", n="0", d="0").fraction == ""


def test_a_fraction_that_the_value_says_already_is_not_said_again() -> None:
    assert row(9, "x", "a/b", "到位", "≤10日", "11/12个月按时", "10", "9.17", n="11", d="12").fraction == ""


def test_an_amount_has_no_fraction() -> None:
    assert row(1, "x", "a/b", "钱", "≤5330万元", "5331.78万元", "5", "5.00", n="533178").fraction == ""
