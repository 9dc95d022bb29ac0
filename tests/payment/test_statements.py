"""银行对账单: taken whole or not at all, with every fault named by row and field."""

from datetime import date

import pytest

from opendibao.audit.models import Event
from opendibao.payment.actions import take_statement
from opendibao.payment.models import BankFile, PayRun, StatementLine
from opendibao.payment.statements import (
    Movement,
    StatementRefused,
    StatementTaken,
    agreeing,
    read_statement,
    statement,
    write_statement,
)
from tests.payment.builders import at, family
from tests.payment.month_end import answers, came_back, take
from tests.payment.months import JANUARY, sent

FIFTH, EIGHTH = date(2024, 1, 5), date(2024, 1, 8)
MOVEMENTS = [Movement(FIFTH, "in", 93550, "财政拨入,1月"), Movement(EIGHTH, "out", 62000), Movement(EIGHTH, "back", 1)]


@pytest.fixture
def run(county: None) -> PayRun:
    family("A1", fen=62000)
    family("B1", fen=31550)
    return sent(JANUARY)


def taken(run: PayRun, data: bytes) -> StatementTaken:
    return take_statement(run.pk, data, on=EIGHTH, at=at(EIGHTH))


def text(*lines: str) -> bytes:
    return "\r\n".join(["日期,方向,金额,摘要", *lines]).encode()


def test_what_is_written_is_read_again() -> None:
    assert read_statement(write_statement(MOVEMENTS), EIGHTH) == list(enumerate(MOVEMENTS, 2))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("day", ["2024-01-05", "20240105", "2024/1/5", "2024年1月5日"])
def test_the_ways_in_which_banks_write_are_read(encoding: str, day: str) -> None:
    data = f'日期,方向,金额,摘要\n{day},拨入,"1,234.50",低保\n,,,\n'.encode(encoding)
    assert read_statement(data, EIGHTH) == [(2, Movement(FIFTH, "in", 123450, "低保"))]


def test_lines_are_kept_with_their_sums(run: PayRun) -> None:
    found = taken(run, write_statement(MOVEMENTS))
    assert (found.lines, found.in_fen, found.out_fen, found.back_fen, found.is_repeat) == (3, 93550, 62000, 1, False)
    assert [(row.row, row.movement_zh, row.fen) for row in statement(run.pk)] == [
        (2, "拨入", 93550),
        (3, "付出", 62000),
        (4, "退回", 1),
    ]
    assert Event.objects.get(action="收银行对账单").payload["in_fen"] == 93550


def test_the_same_file_again_changes_nothing(run: PayRun) -> None:
    taken(run, write_statement(MOVEMENTS))
    assert taken(run, write_statement(MOVEMENTS)).is_repeat
    assert (StatementLine.objects.count(), BankFile.objects.filter(kind="statement").count()) == (3, 1)


def test_a_later_statement_is_the_one_that_counts(run: PayRun) -> None:
    taken(run, write_statement(MOVEMENTS))
    taken(run, write_statement(MOVEMENTS[:1]))
    assert [row.fen for row in statement(run.pk)] == [93550]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("2024-01-05,拨入,1", "第2行应有4列.*有3列"),
        ("昨天,拨入,1,", "第2行日期“昨天”应写成"),
        ("2024-02-30,拨入,1,", "第2行日期“2024-02-30”"),
        ("2024-01-09,拨入,1,", "第2行日期2024-01-09晚于今天"),
        ("2024-01-05,转账,1,", "第2行方向“转账”不认识，应为拨入、付出、退回"),
        ("2024-01-05,拨入,1.005,", "第2行金额“1.005”不足一分"),
        ("2024-01-05,拨入,壹元,", "第2行金额“壹元”不是数字"),
        ("2024-01-05,付出,-5,", "第2行金额“-5”应大于0"),
        ("2024-01-05,付出,5," + "字" * 101, "第2行摘要最多100个字"),
        ('2024-01-05,付出,5,"没有', "不是完整的CSV"),
    ],
)
def test_a_fault_is_named_and_nothing_is_taken(run: PayRun, line: str, words: str) -> None:
    with pytest.raises(StatementRefused, match=words):
        taken(run, text(line))
    assert not StatementLine.objects.exists()
    assert not BankFile.objects.filter(kind="statement").exists()


def test_many_faults_are_counted() -> None:
    with pytest.raises(StatementRefused, match=r"第2行.*第6行.*共7处"):
        read_statement(text(*["x,拨入,1,"] * 7), EIGHTH)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "第1行应是表头"),
        ("日期,金额\n".encode(), "第1行应是表头"),
        (text(), "没有一笔明细"),
        (b"PK\x03\x04", "请另存为CSV"),
        (b"\xff\xfe\x00\xff", "编码认不出"),
    ],
)
def test_what_is_no_statement_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(StatementRefused, match=words):
        read_statement(data, EIGHTH)


def test_every_truncation_is_refused_or_read_as_fewer_lines() -> None:
    whole = write_statement(MOVEMENTS)
    for length in range(len(whole)):
        try:
            rows = read_statement(whole[:length], EIGHTH)
        except StatementRefused:
            continue
        assert all(row in MOVEMENTS for _, row in rows[:-1])


def test_a_statement_of_a_bank_that_agrees_is_made_from_what_was_booked(run: PayRun) -> None:
    rows = answers(run)
    take(run, [rows["A1"], came_back(rows["B1"], "销户")])
    assert agreeing(run.pk) == [
        Movement(FIFTH, "in", 93550),
        Movement(FIFTH, "out", 31550),
        Movement(EIGHTH, "back", 31550),
        Movement(EIGHTH, "out", 62000),
    ]
