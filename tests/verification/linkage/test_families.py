"""Who is easily taken for somebody else: twins, brothers, father and son, cousins of one name."""

import random
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opendibao.kernel.ids import make_id_number
from opendibao.verification.linkage.engine import Linker, linked_of
from tests.verification.linkage.written import MODEL, WANG, ZHANG, Written, linked, row, table, told, zhang

BORN = date(1960, 3, 5)
TWIN = make_id_number("999999", BORN, 125)
HOME = "999999100001"
FIRST, SECOND = zhang(key="first"), {"key": "second", "name": "张建军", "id_number": TWIN}


def test_the_numbers_of_twins_differ_in_two_places() -> None:
    assert (ZHANG[14:], TWIN[14:]) == ("123X", "1256")


def test_each_twin_gets_his_own_row() -> None:
    found = linked([FIRST, SECOND], row("张建军", TWIN, "a"), row("张建国", ZHANG, "b"))

    assert [(one.record, one.person, one.tier) for one in found] == [
        ("a", "second", "confirmed"), ("b", "first", "confirmed"),
    ]  # fmt: skip


def test_a_twin_whose_number_a_workbook_destroyed_is_known_by_his_name() -> None:
    (found,) = linked([FIRST, SECOND], row("张建军", TWIN[:15] + "000"))

    # his: name 1000, division 500, day 1400; his brother's: 240 for two characters instead of 1000
    assert (found.person, found.tier, found.score, found.margin) == ("second", "repaired", 2900, 760)


def test_a_twin_who_is_none_of_ours_is_not_taken_for_his_brother() -> None:
    assert linked([FIRST], row("张建军", TWIN)) == []


def test_his_destroyed_number_is_shown_to_a_person() -> None:
    (found,) = linked([FIRST], row("张建军", TWIN[:15] + "000"))

    assert (found.tier, found.score, told(found)["name"]) == ("review", 2140, "kin")  # 240 + 500 + 1400


def test_twins_of_one_reading_are_shown_to_a_person() -> None:
    sounds_alike = {"key": "second", "name": "张健国", "id_number": TWIN}

    found = linked([FIRST, sounds_alike], row("张剑国", TWIN[:15] + "000"))

    assert [(one.person, one.tier, one.score, one.margin) for one in found] == [
        ("first", "review", 2700, 0), ("second", "review", 2700, None),
    ]  # fmt: skip


@pytest.mark.parametrize("other", [{"division": HOME}, {"sex": "男"}, {"born": "1985-07-09"}])
def test_cousins_of_one_name_in_one_village_are_kept_apart(other: dict[str, str]) -> None:
    cousin = make_id_number("999999", date(1985, 7, 9), 31)

    assert linked([zhang(division=HOME)], row(id_number=cousin, **other)) == []


def test_a_cousin_without_a_number_is_not_taken_for_him_by_name_and_village() -> None:
    assert linked([zhang(division=HOME, phone="13812345678")], row(division=HOME, phone="13987654321")) == []


def test_a_fathers_row_on_the_sons_telephone_is_not_the_sons() -> None:
    son = zhang(phone="13812345678", division=HOME)
    father = make_id_number("999999", date(1932, 8, 1), 77)

    assert linked([son], row("张德福", father, phone="13812345678", division=HOME)) == []


def test_of_two_of_one_name_and_one_birthday_none_is_chosen() -> None:
    other = {"key": "other", "name": "张建国", "id_number": make_id_number("999998", BORN, 455)}

    found = linked([zhang(), other], row(born="1960-03-05"))

    assert [(one.person, one.tier, one.margin) for one in found] == [("other", "review", 0), ("zhang", "review", None)]


def test_the_one_who_leads_by_enough_is_chosen() -> None:
    other = {"key": "other", "name": "张建国", "id_number": make_id_number("999998", BORN, 455)}

    (found,) = linked([zhang(phone="13812345678"), other], row(born="1960-03-05", phone="13812345678"))

    assert (found.person, found.tier, found.score, found.margin) == ("zhang", "repaired", 4000, 1600)


def test_not_the_same_person_makes_room_for_the_other() -> None:
    other = {"key": "other", "name": "张建国", "id_number": make_id_number("999998", BORN, 455)}

    (found,) = linked([zhang(), other], row(born="1960-03-05"), never=[("zhang", "r")])

    assert (found.person, found.tier, found.margin) == ("other", "repaired", None)


def test_who_is_far_behind_the_best_is_not_offered() -> None:
    other = {"key": "other", "name": "张建国", "id_number": make_id_number("999990", BORN, 455)}
    best = zhang(name="张建军")

    # 240 for the name, 200, 1400 and 1100; the other has 1000, 200 and 1400, and −500 for the last four: 2100
    (found,) = linked([best, other], row(id_number="99999819600305123X"))

    assert (found.person, found.tier, found.score, found.margin) == ("zhang", "review", 2940, 840)


def test_at_most_three_people_are_offered() -> None:
    many = [
        {"key": f"p{i}", "name": "张建国", "id_number": make_id_number("999999", BORN, 101 + 2 * i)} for i in range(6)
    ]

    found = linked(many, row(born="1960-03-05"))

    assert [(one.person, one.tier) for one in found] == [("p0", "review"), ("p1", "review"), ("p2", "review")]


@pytest.mark.parametrize(("persons", "rows"), [
    ([], []), ([zhang()], []), ([], [row(id_number=ZHANG)]), ([zhang()], [row()]),
])  # fmt: skip
def test_where_there_is_nobody_nobody_is_found(persons: list[Written], rows: list[Written]) -> None:
    assert linked(persons, *rows) == []


def test_one_linker_finds_people_in_one_delivery_after_the_other() -> None:
    with Linker(table(zhang())) as linker:
        first = linked_of(linker.link(table(row(id_number=ZHANG, key="a")), MODEL), MODEL)
        second = linked_of(linker.link(table(row(born="1960-03-05", key="b")), MODEL), MODEL)

    assert [(one.record, one.tier) for one in (*first, *second)] == [("a", "confirmed"), ("b", "repaired")]


OTHERS = [
    FIRST, SECOND, {"key": "wang", "name": "王秀英", "id_number": WANG, "phone": "13812345678"},
    {"key": "again", "name": "张建国", "id_number": ZHANG}, {"key": "cousin", "name": "张建国", "born": "1960-03-05"},
]  # fmt: skip
ROWS = [
    row(key="whole", id_number=ZHANG), row(key="day", born="1960-03-05"),
    row("王秀英", key="phone", phone="13812345678"),
    row("张建军", TWIN[:15] + "000", key="excel"), row("李四", WANG, key="other"), row(key="only"),
    row("张健国", "99999819600305123X", key="place"), row("王秀英", "999999********" + WANG[14:], key="masked"),
]  # fmt: skip
EXPECTED = linked(OTHERS, *ROWS)


@settings(max_examples=15, deadline=None)
@given(st.permutations(OTHERS), st.permutations(ROWS), st.sampled_from([1, 2]))
def test_the_answer_hangs_on_no_order_and_on_no_number_of_threads(
    persons: list[Written], rows: list[Written], threads: int
) -> None:
    with Linker(table(*persons), threads=threads) as linker:
        assert linked_of(linker.link(table(*rows), MODEL), MODEL) == EXPECTED


def test_nor_on_how_many_rows_are_looked_at_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("opendibao.verification.linkage.engine.SLICE", 3)

    assert linked(OTHERS, *random.Random(5).sample(ROWS, len(ROWS))) == EXPECTED


def test_what_is_expected() -> None:
    """Two of ours share one number, so nothing of theirs is settled by itself."""
    assert [(one.record, one.person, one.tier) for one in EXPECTED] == [
        ("day", "again", "review"), ("day", "cousin", "review"), ("day", "first", "review"),
        ("excel", "second", "repaired"),
        ("masked", "wang", "repaired"),
        ("other", "wang", "review"),
        ("phone", "wang", "repaired"),
        ("place", "again", "review"), ("place", "first", "review"),
        ("whole", "again", "review"), ("whole", "first", "review"),
    ]  # fmt: skip
