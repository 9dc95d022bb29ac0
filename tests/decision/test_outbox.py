"""上报: what was decided goes up in files; receipts are taken wholly or not at all."""

import hashlib
from datetime import date
from pathlib import Path

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from opendibao.decision.actions import (
    DecisionRefused,
    ReceiptResult,
    send_outbox,
    stop_benefit,
    take_receipts,
)
from opendibao.decision.models import Decision, OutboxEvent, ReportingFile, SentBack
from opendibao.decision.outbox import correct_return, make_reporting_file
from opendibao.decision.outbox_queries import EntryLine, entry_lines, entry_lines_count
from tests.decision.builders import DECIDED, LATER, checking, confirm, covered, earning, noticed, review
from tests.registry.builders import LONER, at, household

pytestmark = pytest.mark.usefixtures("places")
SENT, ANSWERED = date(2024, 3, 20), date(2024, 3, 22)
HEAD = "决定文号,状态,接收日期,回执号,原因\n"


def send(folder: Path, on: date = SENT) -> Path | None:
    return send_outbox(upto=on, on=on, at=at(on), out_dir=folder)


def answer(folder: Path, *lines: str, on: date = ANSWERED, encoding: str = "utf-8-sig") -> ReceiptResult:
    path = folder / "回执.csv"
    path.write_text(HEAD + "".join(line + "\n" for line in lines), encoding=encoding)
    return take_receipts(path, on=on, at=at(on))


def row(decision: Decision) -> EntryLine:
    return next(each for each in entry_lines() if each.decision == decision.number)


class TestSending:
    def test_one_file_holds_what_was_not_sent(self, tmp_path: Path) -> None:
        decision = covered()

        path = send(tmp_path)

        assert path is not None
        summary, *lines = path.read_text("utf-8").splitlines()
        assert lines == [
            "决定文号,事项,决定种类,户编号,区划代码,城乡,保障人数,月保障金(元),决定日期,起发月,止发月",
            f"{decision.number},新增,确认同意,999999-00001,360429100201,农村,3,1378.00,2024-03-18,2024-04,",
        ]
        body = path.read_bytes().partition(b"\r\n")[2]
        assert summary == f"条数,1,SHA-256,{hashlib.sha256(body).hexdigest()}"
        assert (row(decision).sent_on, row(decision).file) == (SENT, path.name)

    def test_nothing_is_sent_twice(self, tmp_path: Path) -> None:
        covered()
        send(tmp_path)

        assert send(tmp_path) is None

    def test_what_happens_later_waits(self, tmp_path: Path) -> None:
        stop = review(covered(), earning(4000))
        with checking():
            stop_benefit(stop.pk, cause="income", on=LATER, at=at(LATER))

        send(tmp_path)

        assert entry_lines_count() == 2
        assert [each.sent_on for each in entry_lines()] == [SENT, None]


class TestReceipts:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
    def test_an_acceptance_has_its_day_and_number(self, tmp_path: Path, encoding: str) -> None:
        decision = covered()
        send(tmp_path)

        found = answer(tmp_path, f"{decision.number},接收,2024-03-21,SJ-1,", encoding=encoding)

        assert found == ReceiptResult(1, 0, 0)
        assert (row(decision).accepted_on, row(decision).receipt) == (date(2024, 3, 21), "SJ-1")

    def test_the_same_receipt_again_changes_nothing(self, tmp_path: Path) -> None:
        line = f"{covered().number},接收,2024-03-21,SJ-1,"
        send(tmp_path)
        answer(tmp_path, line)

        assert answer(tmp_path, line) == ReceiptResult(0, 0, 1)

    def test_what_came_back_is_sent_again_and_keeps_why(self, tmp_path: Path) -> None:
        decision = covered()
        send(tmp_path)

        assert answer(tmp_path, f"{decision.number},退回,2024-03-21,,身份信息不符") == ReceiptResult(0, 1, 0)

        assert row(decision).reason == "身份信息不符"
        assert send(tmp_path, ANSWERED) is None
        correct_return(decision.pk, correction="身份证号已核对", on=ANSWERED, at=at(ANSWERED))
        assert send(tmp_path, ANSWERED) is not None
        assert answer(tmp_path, f"{decision.number},接收,2024-03-22,SJ-2,").accepted == 1

    @pytest.mark.parametrize(
        ("line", "says"),
        [
            ("不存在号,接收,2024-03-21,SJ-9,", "没有上报过"),
            ("{},收到,2024-03-21,SJ-9,", "状态“收到”"),
            ("{},接收,2024-02-30,SJ-9,", "不是存在的日期"),
            ("{},接收,2024-03-19,SJ-9,", "早于上报日期"),
            ("{},接收,2024-03-23,SJ-9,", "晚于今天"),
            ("{},接收,2024-03-21,,", "没有填回执号"),
            ("{},退回,2024-03-21,,", "没有填原因"),
        ],
    )
    def test_one_wrong_line_leaves_the_whole_file(self, tmp_path: Path, line: str, says: str) -> None:
        first = covered()
        second = confirm(noticed(home=household("999999-00002", LONER)))
        send(tmp_path)

        with pytest.raises(DecisionRefused, match=says):
            answer(tmp_path, f"{first.number},接收,2024-03-21,SJ-1,", line.format(second.number))

        assert row(first).accepted_on is None

    def test_a_receipt_for_what_was_not_sent_is_refused(self, tmp_path: Path) -> None:
        decision = covered()

        with pytest.raises(DecisionRefused, match="还没有上报"):
            answer(tmp_path, f"{decision.number},接收,2024-03-21,SJ-1,")

    def test_another_receipt_for_an_accepted_decision_is_refused(self, tmp_path: Path) -> None:
        decision = covered()
        send(tmp_path)
        answer(tmp_path, f"{decision.number},接收,2024-03-21,SJ-1,")

        with pytest.raises(DecisionRefused, match="已在2024-03-21接收"):
            answer(tmp_path, f"{decision.number},接收,2024-03-21,SJ-2,")

    def test_two_lines_of_one_decision_are_refused(self, tmp_path: Path) -> None:
        decision = covered()
        send(tmp_path)

        with pytest.raises(DecisionRefused, match="有两行"):
            answer(tmp_path, *[f"{decision.number},接收,2024-03-21,SJ-1,"] * 2)

    def test_other_columns_or_bytes_are_refused(self, tmp_path: Path) -> None:
        wrong, binary = tmp_path / "甲.csv", tmp_path / "乙.csv"
        wrong.write_text("文号,状态\nA,接收\n")
        binary.write_bytes(b"\xff\xff\xff")

        with pytest.raises(DecisionRefused, match="列应为"):
            take_receipts(wrong, on=DECIDED, at=at(DECIDED))
        with pytest.raises(DecisionRefused, match="编码"):
            take_receipts(binary, on=DECIDED, at=at(DECIDED))
        with pytest.raises(DecisionRefused, match="没有回执文件"):
            take_receipts(tmp_path / "丙.csv", on=DECIDED, at=at(DECIDED))


class TestWalls:
    def test_what_was_returned_is_not_sent_again_past_the_actions(self, tmp_path: Path) -> None:
        decision = covered()
        send(tmp_path)
        answer(tmp_path, f"{decision.number},退回,2024-03-21,,身份信息不符")

        with pytest.raises(IntegrityError, match="还没有改正"), transaction.atomic():
            OutboxEvent.objects.filter(decision=decision).update(sent_on=ANSWERED)

    def test_a_return_and_its_correction_are_said_once(self, tmp_path: Path) -> None:
        decision = covered()
        send(tmp_path)
        answer(tmp_path, f"{decision.number},退回,2024-03-21,,身份信息不符")

        with pytest.raises(IntegrityError, match="不能改写"), transaction.atomic():
            SentBack.objects.update(reason="别的")
        correct_return(decision.pk, correction="已核对", on=ANSWERED, at=at(ANSWERED))
        with pytest.raises(IntegrityError, match="不能改写"), transaction.atomic():
            SentBack.objects.update(correction="别的")

    def test_a_file_that_went_up_stays_as_it_was(self, tmp_path: Path) -> None:
        covered()
        send(tmp_path)

        with pytest.raises(DatabaseError), transaction.atomic():
            ReportingFile.objects.update(content=b"x")

    @pytest.mark.parametrize(
        ("said", "on", "says"),
        [("", ANSWERED, "请写明"), ("字" * 201, ANSWERED, "最多200个字"), ("改", date(2024, 3, 20), "早于退回日期")],
    )
    def test_a_correction_says_what_and_when(self, tmp_path: Path, said: str, on: date, says: str) -> None:
        decision = covered()
        send(tmp_path)
        answer(tmp_path, f"{decision.number},退回,2024-03-21,,身份信息不符")

        with pytest.raises(DecisionRefused, match=says):
            correct_return(decision.pk, correction=said, on=on, at=at(ANSWERED))

    def test_the_answer_to_an_earlier_sending_changes_nothing(self, tmp_path: Path) -> None:
        decision = covered()
        send(tmp_path)
        line = f"{decision.number},退回,2024-03-21,,身份信息不符"
        answer(tmp_path, line)
        correct_return(decision.pk, correction="已核对", on=ANSWERED, at=at(ANSWERED))
        send(tmp_path, ANSWERED)

        assert answer(tmp_path, line, "") == ReceiptResult(0, 0, 1)
        assert row(decision).sent_on == ANSWERED

    def test_an_unknown_layout_or_a_day_to_come_is_refused(self) -> None:
        with pytest.raises(DecisionRefused, match="没有“无”这种上报版式"):
            make_reporting_file(upto=SENT, on=SENT, at=at(SENT), layout="无")
        with pytest.raises(DecisionRefused, match="晚于上报日期"):
            make_reporting_file(upto=ANSWERED, on=SENT, at=at(SENT))
