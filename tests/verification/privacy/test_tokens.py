"""标识码: what agrees is answered, what is not proven stays unknown, and a name alone says nothing."""

from collections.abc import Mapping

import pytest

from opendibao.verification.privacy.tokens import Listed, TokenIndex, agreeing, is_enough, part_of, proven, tokens_of
from tests.registry.builders import FATHER, MOTHER
from tests.verification.privacy.department import table

KEY, OTHER_KEY = bytes(range(32)), bytes(range(1, 33))
NUMBER = MOTHER.id_number  # 999999 19840312 0022 or the like: region, birth, sequence with check digit
WHOLE = {"name": "王秀英", "id_number": NUMBER, "sex": "female", "born": "1984-03-12", "division": "",
         "phone": "13812345678"}  # fmt: skip
REGION, BIRTH, SEQUENCE = NUMBER[:6], NUMBER[6:14], NUMBER[14:]


def listed(*people: Mapping[str, str]) -> TokenIndex:
    codes = tokens_of(table(people), KEY)
    return TokenIndex(
        Listed(n, frozenset(one), person) for n, (person, one) in enumerate(zip(people, codes, strict=True))
    )


def parts(row: Mapping[str, str], index: TokenIndex, key: bytes = KEY) -> set[str]:
    """Which parts of a department's row it would answer with."""
    (agreed,) = agreeing(table([row]), key, index.tokens)
    return set(map(part_of, agreed))


def test_a_token_is_a_part_and_32_places_and_never_the_name_alone() -> None:
    (codes,) = tokens_of(table([WHOLE]), KEY)

    assert {len(code.partition(":")[2]) for code in codes} == {32}
    assert {"id", "birth_seq", "birth_pinyin", "pinyin_phone"} <= set(map(part_of, codes))
    assert tokens_of(table([{"name": "王秀英"}]), KEY) == [()]


@pytest.mark.parametrize(
    ("said", "enough"),
    [
        (["id:1"], True),
        (["birth_pinyin:1"], True),
        (["pinyin_phone:1"], True),
        (["birth_seq:1"], False),
        (["seq_pinyin:1"], False),
        (["birth_seq:1", "birth_seq:2"], False),  # one part twice
        (["birth_seq:1", "region_pinyin:1"], True),
        ([], False),
    ],
)
def test_how_much_must_agree(said: list[str], enough: bool) -> None:
    assert is_enough(said) is enough


class TestADepartmentsStep:
    def test_the_old_form_of_a_number_is_the_same_number(self) -> None:
        person = {**WHOLE, "name": "李建国", "id_number": FATHER.id_number, "born": "1982-05-01"}

        assert "id" in parts({"id_number": FATHER.id_number[:6] + FATHER.id_number[8:17]}, listed(person))

    def test_a_namesake_with_the_same_telephone_and_a_number_of_his_own_is_not_answered(self) -> None:
        namesake = {**WHOLE, "id_number": FATHER.id_number, "born": ""}

        assert parts(namesake, listed(WHOLE)) == set()

    def test_without_a_number_the_telephone_or_the_day_of_birth_is_answered(self) -> None:
        assert parts({"name": "王秀英", "phone": "13812345678"}, listed(WHOLE)) == {"pinyin_phone"}
        assert parts({"name": "王秀英", "born": "1984-03-12"}, listed(WHOLE)) == {"birth_pinyin"}

    def test_a_stranger_is_not_answered(self) -> None:
        assert parts({"name": "赵大", "id_number": FATHER.id_number}, listed(WHOLE)) == set()

    def test_under_another_key_nobody_is_known(self) -> None:
        assert parts(WHOLE, listed(WHOLE), OTHER_KEY) == set()


class TestWhatIsProven:
    @pytest.mark.parametrize(
        ("said", "number", "name", "born", "phone"),
        [
            (["id"], NUMBER, "", "1984-03-12", ""),
            (["id", "birth_pinyin"], NUMBER, "王秀英", "1984-03-12", ""),
            (["birth_seq"], f"******{BIRTH}{SEQUENCE}", "", "1984-03-12", ""),
            (["region_seq_surname"], f"{REGION}********{SEQUENCE}", "", "", ""),
            (["seq_pinyin"], f"**************{SEQUENCE}", "王秀英", "", ""),
            (["region_pinyin"], f"{REGION}************", "王秀英", "", ""),
            (["pinyin_phone"], "", "王秀英", "", "13812345678"),
            (["birth_pinyin"], f"******{BIRTH}****", "王秀英", "1984-03-12", ""),
        ],
    )
    def test_is_told_and_nothing_else(self, said: list[str], number: str, name: str, born: str, phone: str) -> None:
        row = proven(WHOLE, [f"{part}:{'0' * 32}" for part in said])

        assert (row["id_number"], row["name"], row["born"], row["phone"]) == (number, name, born, phone)
        assert row["sex"] == ("female" if "id" in said else "")


class TestWhomTokensSpeakOf:
    def test_the_whole_number_goes_before_everything_else(self) -> None:
        sister = {**WHOLE, "id_number": FATHER.id_number}  # same name, day and telephone
        (codes,) = tokens_of(table([WHOLE]), KEY)

        (found,) = listed(sister, WHOLE).persons(codes)

        assert found[0].person["id_number"] == NUMBER

    def test_two_who_agree_alike_are_both_named(self) -> None:
        other = {**WHOLE, "id_number": "", "name": "王秀瑛"}  # read alike, born the same day, same telephone
        twin = {**other, "name": "王秀英"}
        (codes,) = tokens_of(table([twin]), KEY)

        assert len(listed(other, twin).persons(codes)) == 2
