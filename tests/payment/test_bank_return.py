"""银行回盘: the file's format; damage and contradictions are refused."""

from dataclasses import dataclass
from datetime import date

import pytest

from opendibao.payment.bank_return import BankReturnRefused, read_results, render_results, totals, write_result
from opendibao.payment.states import AttemptState
from tests.payment.bank_texts import seal, sealed

DAY = date(2024, 1, 8)


@dataclass
class SentToBank:
    e2e: str
    holder: str
    amount_fen: int


A, B = SentToBank("202401-A1-R-0-1", "王秀英", 62000), SentToBank("202401-B1-R-0-1", "李㛃", 31550)
LINE = "D|202401-A1-R-0-1|王秀英|620.00|成功|2024-01-08||"


def file(*lines: str, head: str, trailer: str) -> bytes:
    return sealed(head, *lines, trailer=trailer)


def test_what_is_written_is_read_back() -> None:
    booked, returned = read_results(write_result([A, B], DAY, {"B1": "账户已销户"}))
    assert (booked.e2e, booked.fen, booked.state, booked.booked_on) == (A.e2e, 62000, AttemptState.PAID, DAY)
    assert (returned.state, returned.booked_on, returned.reason) == (AttemptState.RETURNED, None, "账户已销户")
    assert (booked.holder, returned.holder) == ("王秀英", "李㛃")
    assert (booked.row, returned.row) == (2, 3)
    assert (booked.word, returned.word) == ("成功", "退回")


def test_a_written_file_has_the_agreed_form() -> None:
    head, one, two, last = write_result([A, B], DAY, {"B1": "账户已销户"}).decode("gb18030").splitlines()
    assert head == "H|代发结果|2|935.50"
    assert one == "D|202401-A1-R-0-1|王秀英|620.00|成功|2024-01-08||"
    assert two == "D|202401-B1-R-0-1|李㛃|315.50|退回|||账户已销户"
    assert last.startswith("T|2|935.50|1|620.00|1|315.50|")


def test_the_banks_code_is_kept_and_the_name_may_be_left_out() -> None:
    data = file(
        "D|202401-A1-R-0-1||620.00|退回||E14|账户已销户", head="H|代发结果|1|620.00", trailer="1|620.00|0|0.00|1|620.00"
    )
    (result,) = read_results(data)
    assert (result.code, result.holder) == ("E14", "")
    assert render_results([result]) == data


def test_totals_count_by_outcome() -> None:
    results = read_results(write_result([A, B], DAY, {"B1": "账户已销户"}))
    assert totals(results) == (2, 93550)
    assert totals(results, AttemptState.RETURNED) == (1, 31550)


def test_a_file_cut_at_any_byte_is_refused_as_cut() -> None:
    data = write_result([A, B], DAY, {"B1": "账户已销户"})
    for kept in range(len(data)):
        with pytest.raises(BankReturnRefused, match="截断"):
            read_results(data[:kept])


def test_a_file_cut_after_any_line_is_refused() -> None:
    lines = write_result([A, B], DAY, {}).splitlines(keepends=True)
    for kept in range(len(lines)):
        with pytest.raises(BankReturnRefused, match="截断"):
            read_results(b"".join(lines[:kept]))
        with pytest.raises(BankReturnRefused):
            read_results(b"".join(lines[:kept] + lines[kept + 1 :]))


def test_one_changed_fen_breaks_the_checksum() -> None:
    with pytest.raises(BankReturnRefused, match="校验码"):
        read_results(write_result([A, B], DAY, {}).replace(b"620.00", b"620.01", 1))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_utf8_is_named_as_the_wrong_encoding(encoding: str) -> None:
    text = write_result([A], DAY, {}).decode("gb18030")
    with pytest.raises(BankReturnRefused, match="UTF-8"):
        read_results(text.encode(encoding))


def test_utf8_whose_checksum_is_right_is_refused_all_the_same() -> None:
    data = sealed("H|代发结果|1|620.00", LINE, trailer="1|620.00|1|620.00|0|0.00", encoding="utf-8")
    with pytest.raises(BankReturnRefused, match="UTF-8"):
        read_results(data)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be"])
def test_utf16_is_refused(encoding: str) -> None:
    text = write_result([A], DAY, {}).decode("gb18030")
    with pytest.raises(BankReturnRefused):
        read_results(text.encode(encoding))


@pytest.mark.parametrize("data", [b"", b"\r\n", b"PK\x03\x04", b"T|" + b"0" * 64 + b"\r\n"])
def test_what_is_no_such_file_is_refused(data: bytes) -> None:
    with pytest.raises(BankReturnRefused):
        read_results(data)


def test_line_ends_of_another_system_break_the_checksum() -> None:
    with pytest.raises(BankReturnRefused):
        read_results(write_result([A], DAY, {}).replace(b"\r\n", b"\n"))


def test_bytes_of_no_encoding_are_refused() -> None:
    with pytest.raises(BankReturnRefused, match="不是GB18030"):
        read_results(b"\xff\xff\xff")


def test_a_file_of_a_trailer_only_is_refused() -> None:
    with pytest.raises(BankReturnRefused, match="只有1行，缺少开头行"):
        read_results(seal("", ["1", "620.00", "1", "620.00", "0", "0.00"]))


@pytest.mark.parametrize(
    ("head", "trailer"),
    [
        ("H|代发结果|2|620.00", "1|620.00|1|620.00|0|0.00"),
        ("H|代发结果|1|620.01", "1|620.00|1|620.00|0|0.00"),
        ("H|代发结果|1|620.00", "1|620.00|0|0.00|1|620.00"),
    ],
)
def test_totals_that_contradict_the_lines_are_refused(head: str, trailer: str) -> None:
    with pytest.raises(BankReturnRefused, match=r"合计(与明细不符|不一致)"):
        read_results(file(LINE, head=head, trailer=trailer))


@pytest.mark.parametrize("head", ["H|别的文件|1|620.00", "H|代发结果|1", "代发结果", LINE])
def test_another_head_is_refused_with_the_form_it_should_have(head: str) -> None:
    with pytest.raises(BankReturnRefused, match=r"开头行应写成“H\|代发结果"):
        read_results(file(LINE, head=head, trailer="1|620.00|1|620.00|0|0.00"))


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("D|x|王|620.00|成功|2024-01-08", "8个字段"),
        ("X|x|王|620.00|成功|2024-01-08||", "8个字段"),
        ("D|x|王|620.00|可能|2024-01-08||", "不认识"),
        ("D|x|王|620.005|成功|2024-01-08||", "不足一分"),
        ("D|x|王|六百二|成功|2024-01-08||", "不是数字"),
        ("D|x|王|620.00|成功|2024-02-30||", "不是日期"),
        ("D|x|王|620.00|成功|||", "不是日期"),
        ("D|x|王|620.00|退回||E1| ", "退回应写明原因"),
        ("D|x|王|620.00|未知|2024-01-08||", "不应有到账日期"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(line: str, reason: str) -> None:
    data = file(line, head="H|代发结果|1|620.00", trailer="1|620.00|1|620.00|0|0.00")
    with pytest.raises(BankReturnRefused, match=f"第2行.*{reason}"):
        read_results(data)


def test_the_same_sending_twice_is_refused() -> None:
    with pytest.raises(BankReturnRefused, match="出现两次"):
        read_results(write_result([A, A], DAY, {}))
