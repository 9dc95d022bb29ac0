"""银行回盘: the file's format; damage and contradictions are refused."""

from dataclasses import dataclass
from datetime import date

import pytest

from opendibao.payment.bank_file import END, seal
from opendibao.payment.bank_return import BankReturnRefused, read_results, totals, write_result
from opendibao.payment.states import AttemptState

DAY = date(2024, 1, 8)


@dataclass
class SentToBank:
    e2e: str
    amount_fen: int


A, B = SentToBank("202401-A1-R-0-1", 62000), SentToBank("202401-B1-R-0-1", 31550)


def file(*lines: str, head: str, trailer: str) -> bytes:
    return seal("".join(line + END for line in (head, *lines)), trailer.split("|"))


def test_what_is_written_is_read_back() -> None:
    booked, returned = read_results(write_result([A, B], DAY, {"B1": "账户已销户"}))
    assert (booked.e2e, booked.fen, booked.state, booked.booked_on) == (A.e2e, 62000, AttemptState.PAID, DAY)
    assert (returned.state, returned.booked_on, returned.reason) == (AttemptState.RETURNED, None, "账户已销户")


def test_totals_count_by_outcome() -> None:
    results = read_results(write_result([A, B], DAY, {"B1": "账户已销户"}))
    assert totals(results) == (2, 93550)
    assert totals(results, AttemptState.RETURNED) == (1, 31550)


@pytest.mark.parametrize("kept", range(1, 6))
def test_a_truncated_file_is_refused(kept: int) -> None:
    data = write_result([A, B], DAY, {})
    with pytest.raises(BankReturnRefused, match="截断"):
        read_results(data[: len(data) * kept // 6])


def test_one_changed_fen_breaks_the_checksum() -> None:
    with pytest.raises(BankReturnRefused, match="校验码"):
        read_results(write_result([A, B], DAY, {}).replace(b"620.00", b"620.01", 1))


def test_utf8_is_named_as_the_wrong_encoding() -> None:
    text = write_result([A], DAY, {}).decode("gb18030")
    with pytest.raises(BankReturnRefused, match="UTF-8"):
        read_results(text.encode())


def test_bytes_of_no_encoding_are_refused() -> None:
    with pytest.raises(BankReturnRefused, match="不是GB18030"):
        read_results(b"\xff\xff\xff")


def test_a_file_of_a_trailer_only_is_refused() -> None:
    with pytest.raises(BankReturnRefused, match="只有一行"):
        read_results(seal("", ["0"]))


@pytest.mark.parametrize(
    ("head", "trailer"),
    [
        ("H|代发结果|2|620.00", "1|620.00|1|620.00|0|0.00"),
        ("H|代发结果|1|620.01", "1|620.00|1|620.00|0|0.00"),
        ("H|代发结果|1|620.00", "1|620.00|0|0.00|1|620.00"),
        ("H|别的文件|1|620.00", "1|620.00|1|620.00|0|0.00"),
    ],
)
def test_totals_that_contradict_the_lines_are_refused(head: str, trailer: str) -> None:
    data = file("D|202401-A1-R-0-1|620.00|成功|2024-01-08|", head=head, trailer=trailer)
    with pytest.raises(BankReturnRefused, match="合计与明细不符"):
        read_results(data)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("D|x|620.00|成功|2024-01-08", "6个字段"),
        ("D|x|620.00|可能|2024-01-08|", "不认识"),
        ("D|x|620.005|成功|2024-01-08|", "不足一分"),
        ("D|x|620.00|成功|2024-02-30|", "不是日期"),
        ("D|x|620.00|退回||", "退回应写明原因"),
        ("D|x|620.00|未知|2024-01-08|", "不应有到账日期"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(line: str, reason: str) -> None:
    data = file(line, head="H|代发结果|1|620.00", trailer="1|620.00|1|620.00|0|0.00")
    with pytest.raises(BankReturnRefused, match=f"第2行.*{reason}"):
        read_results(data)


def test_the_same_sending_twice_is_refused() -> None:
    with pytest.raises(BankReturnRefused, match="出现两次"):
        read_results(write_result([A, A], DAY, {}))
