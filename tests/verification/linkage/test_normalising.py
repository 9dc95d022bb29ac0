"""The identity columns in canonical form, whole columns at a time."""

import random
from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pytest

from opendibao.kernel.ids import check_digit, make_id_number
from opendibao.verification.linkage import normalising
from opendibao.verification.linkage.id_numbers import id_parts
from opendibao.verification.linkage.normalising import are_whole, normalise
from tests.verification.linkage.written import WANG, ZHANG, row, table, zhang


def test_a_whole_row() -> None:
    given = zhang(phone="138 1234 5678", division="999999100001", born="1960/3/5", sex="男")

    assert table(given).to_pylist() == [{
        "key": "zhang", "id_number": ZHANG, "name": "张建国", "sex": "male", "division": "999999100001", "id18": ZHANG,
        "id_flag": "ok", "region6": "999999", "birth8": "19600305", "seq4": "123X", "pinyin": "zhang jian guo",
        "surname": "zhang", "born8": "19600305", "phone11": "13812345678", "has_key": True,
    }]  # fmt: skip


def test_sex_and_birth_come_from_a_whole_number_when_they_are_empty() -> None:
    (found,) = table(row("王秀英", WANG)).to_pylist()  # sequence 022: even, a woman

    assert (found["sex"], found["born8"]) == ("female", "19711120")


def test_what_is_written_is_believed_before_the_number() -> None:
    (found,) = table(row("王秀英", WANG, sex="男", born="1970-01-01")).to_pylist()

    assert (found["sex"], found["born8"], found["birth8"]) == ("male", "19700101", "19711120")


def test_a_damaged_number_gives_neither_sex_nor_birth() -> None:
    (found,) = table(row("王秀英", WANG[:5] + "8" + WANG[6:])).to_pylist()

    assert (found["id_flag"], found["sex"], found["born8"]) == ("badcheck", "", "")


@pytest.mark.parametrize(("given", "has_key"), [
    (row(), False), (row(division="999999100001", sex="男"), False), (row(id_number="无"), False),
    (row(born="1960-3-5"), True), (row(phone="13812345678"), True), (row(id_number="999999********123X"), True),
    (row(id_number=ZHANG), True), (row(phone="0796-8612345"), False), (row("", ZHANG), True),
])  # fmt: skip
def test_a_row_has_a_key_when_anything_but_the_name_tells_who_it_is_about(given: dict[str, str], has_key: bool) -> None:
    assert table(given)["has_key"].to_pylist() == [has_key]


def test_rows_keep_their_order_when_quick_and_careful_ones_alternate() -> None:
    numbers = [ZHANG, "", WANG.lower(), "999999600305123", WANG, ZHANG[:15] + "000", ZHANG]

    found = table(*(row(id_number=number) for number in numbers))

    assert found["id18"].to_pylist() == [ZHANG, "", WANG, ZHANG, WANG, "", ZHANG]
    assert found["id_flag"].to_pylist() == ["ok", "missing", "ok", "legacy15", "ok", "excel15", "ok"]
    assert found["seq4"].to_pylist() == [ZHANG[14:], "", WANG[14:], ZHANG[14:], WANG[14:], "", ZHANG[14:]]


def test_the_quick_check_says_what_the_kernel_says() -> None:
    rng = random.Random(7)
    numbers = []
    for _ in range(500):
        born = date(1900, 1, 1) + timedelta(days=rng.randrange(45_000))
        number = make_id_number("999999", born, rng.randrange(1000))
        place = rng.randrange(18)
        numbers += [number, number[:place] + str(rng.randrange(10)) + number[place + 1 :]]
    rows = np.frombuffer("".join(numbers).encode(), dtype=np.uint8).reshape(-1, 18)

    assert are_whole(rows).tolist() == [id_parts(number).flag == "ok" for number in numbers]
    assert [check_digit(n[:17]) == n[17] for n in numbers[::2]] == [True] * 500


def test_signs_that_are_no_digits_are_never_whole() -> None:
    rows = np.frombuffer(b"99999919600305123/99999919600305:23X         19600305123X"[:54], dtype=np.uint8)

    assert are_whole(rows.reshape(-1, 18)).tolist() == [False, False, False]


def test_a_filler_is_no_telephone_in_any_form() -> None:
    found = table(*(row(phone=phone) for phone in ("13800000000", " 13800000000", "13912345678", "139 1234 5678")))

    assert found["phone11"].to_pylist() == ["", "", "13912345678", "13912345678"]


def test_no_rows_have_all_columns() -> None:
    empty = table()

    assert empty.num_rows == 0
    assert set(normalising.GIVEN) - {"born", "phone"} | set(normalising.MADE) == set(empty.column_names)


def test_a_table_longer_than_a_slice_is_one_table(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [row(key=str(i), id_number=ZHANG if i % 2 else "") for i in range(7)]
    whole = table(*rows)
    monkeypatch.setattr(normalising, "SLICE", 3)

    assert table(*rows).to_pylist() == whole.to_pylist()


def test_a_missing_column_is_named() -> None:
    with pytest.raises(ValueError, match="缺少列：born、division、phone"):
        normalise(pa.table({name: pa.array([], pa.string()) for name in ("key", "name", "id_number", "sex")}))
