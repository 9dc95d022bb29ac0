"""Tier A and B: the same number. The name confirms it, or a person has to look."""

import pytest

from tests.verification.linkage.written import WANG, ZHANG, linked, row, told, zhang

# number 3000, then the name


@pytest.mark.parametrize(("name", "level", "score"), [
    ("张建国", "same", 4000), ("張建國", "sound", 3800), ("张健国", "sound", 3800), ("张 建·国", "same", 4000),
    ("章建国", "sound", 3800), ("张连国", "most", 3250), ("张国建", "most", 3250), ("张国", "most", 3250),
    ("建国", "most", 3250), ("李建国", "most", 3250), ("张建国（小名狗儿）", "same", 4000),
])  # fmt: skip
def test_the_same_number_and_the_name_agrees_is_confirmed(name: str, level: str, score: int) -> None:
    (found,) = linked([zhang()], row(name, ZHANG))

    assert (found.tier, found.person, found.record, found.score, found.margin) == (
        "confirmed",
        "zhang",
        "r",
        score,
        None,
    )
    assert told(found) == {"id_number": "same", "name": level}


@pytest.mark.parametrize(("name", "level", "score"), [
    ("张建军", "kin", 3240),     # a brother of the same generation has the first two characters too
    ("张秀英", "surname", 2800), ("王小明", "other", 2200), ("张", "surname", 2800),
])  # fmt: skip
def test_the_same_number_with_another_name_goes_to_a_person(name: str, level: str, score: int) -> None:
    (found,) = linked([zhang()], row(name, ZHANG))

    assert (found.tier, found.score) == ("review", score)
    assert told(found) == {"id_number": "same", "name": level}


def test_one_of_two_characters_is_another_name() -> None:
    (found,) = linked([zhang(name="张伟")], row("张强", ZHANG))

    assert (found.tier, told(found)["name"]) == ("review", "surname")


def test_a_short_name_weighs_less() -> None:
    (same,) = linked([zhang(name="张伟")], row("张伟", ZHANG))
    (sound,) = linked([zhang(name="张伟")], row("张玮", ZHANG))

    assert (same.tier, same.score) == ("confirmed", 3850)
    assert (sound.tier, sound.score) == ("confirmed", 3700)


@pytest.mark.parametrize(("ours", "theirs", "tier"), [
    ("买买提吐尔逊", "买买提吐尔", "confirmed"),  # cut by a column of fixed width
    ("买买提吐尔逊", "买买提吐尔迅", "confirmed"),  # read alike
    ("欧阳建国", "欧阳建军", "confirmed"),  # three of four
    ("欧阳建国", "欧阳秀英", "review"),
])  # fmt: skip
def test_longer_names(ours: str, theirs: str, tier: str) -> None:
    (found,) = linked([zhang(name=ours)], row(theirs, ZHANG))

    assert found.tier == tier


def test_a_number_without_a_name_goes_to_a_person_unless_the_telephone_speaks_for_it() -> None:
    person = zhang(phone="13812345678")

    (silent,) = linked([person], row("", ZHANG))
    (masked,) = linked([person], row("张*国", ZHANG))
    (spoken,) = linked([person], row("", ZHANG, phone="13812345678"))

    assert (silent.tier, silent.score) == ("review", 3000)
    assert (masked.tier, masked.score) == ("review", 3000)
    assert (spoken.tier, spoken.score) == ("confirmed", 4600)


def test_a_like_name_with_another_day_of_birth_is_a_brothers_number() -> None:
    # number 3000, two of three characters 250, told day −600
    (found,) = linked([zhang()], row("张连国", ZHANG, born="1963-07-01"))

    assert (found.tier, found.score) == ("review", 2650)
    assert told(found)["born"] == "other"


def test_a_day_told_beside_the_same_number_counts_only_when_it_contradicts() -> None:
    (agrees,) = linked([zhang()], row(id_number=ZHANG, born="1960-03-05", sex="男"))
    (differs,) = linked([zhang()], row(id_number=ZHANG, born="1961-03-05", sex="女"))

    assert (agrees.tier, agrees.score, told(agrees)) == ("confirmed", 4000, {"id_number": "same", "name": "same"})
    assert (differs.tier, differs.score) == ("confirmed", 3000)  # 4000, day −600, sex −400
    assert told(differs) == {"id_number": "same", "name": "same", "born": "other", "sex": "other"}


def test_telephone_and_home_are_told_too() -> None:
    person = zhang(phone="13812345678", division="999999100001")

    (found,) = linked([person], row(id_number=ZHANG, phone="13987654321", division="999999100002"))

    assert told(found) == {"id_number": "same", "name": "same", "phone": "other", "division": "township"}
    assert found.score == 4000 - 110 + 220


def test_a_woman_whose_number_stands_on_a_strangers_house_is_never_given_the_house() -> None:
    """The clerk typed her number into another man's row: a person looks, nothing is attached."""
    (found,) = linked([zhang(), {"key": "wang", "name": "王秀英", "id_number": WANG}], row("刘福生", WANG, "house"))

    assert (found.person, found.record, found.tier) == ("wang", "house", "review")


def test_the_right_owner_is_offered_beside_the_one_whose_number_was_typed() -> None:
    """His name and telephone with his wife's number: both are shown, nothing is decided."""
    his, hers = zhang(phone="13812345678"), {"key": "wang", "name": "王秀英", "id_number": WANG}

    first, second = linked([his, hers], row(id_number=WANG, phone="13812345678"))

    assert [(one.person, one.tier) for one in (first, second)] == [("wang", "review"), ("zhang", "review")]
    assert (first.score, told(first)["name"]) == (2200, "other")  # number 3000, name −800; her telephone is not known
    # both numbers whole and different −800, name 1000, telephone 1600
    assert (second.score, told(second)) == (1800, {"id_number": "other", "name": "same", "phone": "same"})


def test_fifteen_and_eighteen_places_are_one_number() -> None:
    (found,) = linked([zhang()], row(id_number="999999600305123"))

    assert (found.tier, found.score) == ("confirmed", 4000)


def test_two_of_our_people_with_one_number_and_one_name_are_both_shown() -> None:
    found = linked([zhang(), zhang(key="again")], row(id_number=ZHANG))

    assert [(one.person, one.tier, one.score) for one in found] == [
        ("again", "review", 4000),
        ("zhang", "review", 4000),
    ]
    assert [one.margin for one in found] == [0, None]


def test_two_of_our_people_with_one_number_are_told_apart_by_the_name() -> None:
    (found,) = linked([zhang(), zhang(key="other", name="李小龙")], row(id_number=ZHANG))

    assert (found.person, found.tier, found.score, found.margin) == ("zhang", "confirmed", 4000, 1800)  # 4000 − 2200


def test_a_number_that_both_sides_have_wrong_alike_is_the_same_number() -> None:
    wrong = "99999819600305123X"

    (found,) = linked([zhang(id_number=wrong)], row(id_number=wrong))

    assert (found.tier, found.score) == ("confirmed", 4000)


def test_never_leaves_a_pair_out() -> None:
    assert linked([zhang()], row(id_number=ZHANG), never=[("zhang", "r")]) == []
    assert len(linked([zhang()], row(id_number=ZHANG), never=[("zhang", "another"), ("nobody", "r")])) == 1
