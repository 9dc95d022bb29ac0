"""银行文件: the bytes the bank gets."""

import hashlib
import pathlib
from datetime import date

import pytest

from opendibao.payment.bank_file import Batch, Transfer, e2e_household, render, store
from opendibao.payment.refusal import PaymentRefused

BATCH = Batch("DIBAO-202401-1", date(2024, 1, 1), date(2024, 1, 5))
ONE = Transfer("202401-A1-R-0-1", "王秀英", "农商银行", "6228", 62050)


def test_the_file_is_header_lines_and_a_sealed_trailer() -> None:
    head, line, trailer = render(BATCH, [ONE]).decode("gb18030").splitlines()
    assert head == "H|DIBAO-202401-1|2024-01|2024-01-05|1|620.50"
    assert line == "D|1|202401-A1-R-0-1|王秀英|农商银行|6228|620.50|2024-01低保金"
    assert trailer.startswith("T|1|620.50|")


def test_the_checksum_covers_everything_before_it() -> None:
    data = render(BATCH, [ONE])
    before, checksum = data[:-66], data[-66:-2].decode()
    assert checksum == hashlib.sha256(before).hexdigest()


def test_the_trailer_adds_up_the_lines() -> None:
    other = Transfer("202401-B1-R-0-1", "李四", "农商银行", "6229", 1)
    assert b"T|2|620.51|" in render(BATCH, [ONE, other])


def test_rare_characters_of_names_survive() -> None:
    name = "㛃𠮷䶮·阿依"
    data = render(BATCH, [Transfer("202401-A1-R-0-1", name, "农商银行", "6228", 100)])
    assert name in data.decode("gb18030")


@pytest.mark.parametrize("holder", ["王|英", "王\n英", "", "  ", "王\ud840英"])
def test_a_name_that_would_break_the_file_is_refused_with_its_household(holder: str) -> None:
    with pytest.raises(PaymentRefused, match="A1"):
        render(BATCH, [Transfer("202401-A1-R-0-1", holder, "农商银行", "6228", 100)])


def test_the_end_to_end_id_holds_the_household_even_with_hyphens() -> None:
    assert e2e_household("202401-DB-00-7-R-0-2") == "DB-00-7"


def test_a_file_is_stored_whole_and_leaves_no_draft(tmp_path: pathlib.Path) -> None:
    path = store(tmp_path / "deep" / "a.txt", b"abc")
    assert path.read_bytes() == b"abc"
    assert [each.name for each in path.parent.iterdir()] == ["a.txt"]
