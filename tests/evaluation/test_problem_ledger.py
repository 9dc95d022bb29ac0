"""问题台账: judged by a line, said in words drafted from the number; what nobody can measure is said to be missing."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection

from opendibao.evaluation import together
from opendibao.evaluation.actions import lock_year
from opendibao.evaluation.figure import Figure, Measured, Total
from opendibao.evaluation.figures.problems import FIGURES
from opendibao.evaluation.problem_ledger import (
    EXISTS,
    LedgerLine,
    Problem,
    UnknownProblem,
    catalogue,
    judge,
    ledger,
    ledger_now,
    ledger_of,
    locked_ledger,
    problem,
)
from opendibao.evaluation.rows import measure_all
from tests.evaluation import small_county
from tests.evaluation.year import LOCKED, YEAR, year
from tests.payment.builders import COUNTY

END = date(2024, 12, 31)
GROUPS = ["精准识别", "资金保障", "基层力量", "政策宣传"]


def of(number: str, *totals: tuple[int, int, int]) -> LedgerLine:
    """A problem judged by the given rows, numerators and denominators."""
    one = problem(f"problem.{number}")
    return judge(one, [Measured(figure, *each) for figure, each in zip(one.figures, totals, strict=True)], END)


def by_id(lines: tuple[LedgerLine, ...], number: str) -> LedgerLine:
    return next(one for one in lines if one.id == f"problem.{number}")


class TestCatalogue:
    def test_there_are_twelve_in_four_groups_and_each_is_judged_by_its_own_figure(self) -> None:
        known = catalogue()
        assert [one.id for one in known] == [f"problem.{n:02d}" for n in range(1, 13)]
        assert [one.group for one in known] == [group for group in GROUPS for _ in range(3)]
        assert [one.figures[0].id for one in known] == [one.id for one in known]
        assert sum(len(one.figures) for one in known) == len(FIGURES)

    def test_every_line_says_where_it_comes_from_and_that_nobody_has_checked_it(self) -> None:
        for one in catalogue():
            line = one.line(END)
            assert line.source
            assert not line.is_verified

    def test_a_new_line_holds_from_its_day_on(self) -> None:
        rows = [{"from": date(2024, 1, 1), "value": "5", "source": "甲", "verified": False},
                {"from": date(2024, 7, 1), "value": "3", "source": "乙", "verified": True}]  # fmt: skip
        made = Problem("problem.99", "组", "题", FIGURES[:1], "above", tuple(rows), {})
        lines = [made.line(date(2024, *day)) for day in ((6, 30), (7, 1))]
        assert [(one.value, one.source, one.is_verified) for one in lines] == [
            (Decimal(5), "甲", False), (Decimal(3), "乙", True),
        ]  # fmt: skip
        assert made.line(date(2010, 1, 1)).value == 5

    def test_an_unknown_problem_is_refused(self) -> None:
        with pytest.raises(UnknownProblem, match=r"problem\.13"):
            problem("problem.13")


class TestJudging:
    @pytest.mark.parametrize(("found", "judged"), [(3, "absent"), (4, "exists")])
    def test_the_line_itself_is_not_yet_a_problem(self, found: int, judged: str) -> None:
        assert of("01", (100, found, 100)).judged == judged  # above 3 %

    @pytest.mark.parametrize(("targeted", "judged"), [(79, "exists"), (80, "absent")])
    def test_some_are_problems_from_below(self, targeted: int, judged: str) -> None:
        assert of("12", (100, targeted, 100)).judged == judged  # below 80 %

    def test_the_cause_and_the_remedy_carry_the_numbers(self) -> None:
        line = of("11", (151, 118, 151))
        assert (line.number, line.value, line.n, line.d, line.said) == ("P11", "78.15%", "118", "151", "存在")
        assert "151个村社区中，118个" in line.cause
        assert "这118个村社区" in line.suggestion

    def test_money_is_said_in_yuan(self) -> None:
        line = of("04", (24, 1240000, 13780000))
        assert (line.n, line.d, line.value, line.judged) == ("12,400.00元", "137,800.00元", "9.00%", "exists")
        assert "全年应发137,800.00元中，12,400.00元" in line.cause
        assert "追加预算12,400.00元" in line.suggestion

    def test_falling_numbers_are_no_growth_and_need_no_remedy(self) -> None:
        line = of("05", (12, -690, 12), (465, 465, 465), (33, 33, 33))
        assert (line.judged, line.suggestion) == ("absent", "")
        assert "相抵为-690人，没有净增" in line.cause
        assert "本年申请465件，上年33件" in line.cause

    def test_what_is_not_measured_says_what_is_missing(self) -> None:
        line = of("06", (2, 0, 0), (0, 0, 0))
        assert (line.judged, line.said, line.value, line.n) == ("unmeasured", "未测得", "未测得", "")
        assert line.cause == "没有记录：县级配套资金的到位金额和日期"
        assert "逐笔登记" in line.suggestion

    def test_a_county_share_that_is_short_is_told_with_what_came_late(self) -> None:
        line = of("06", (3, 14_500, 18_000), (2, 450_000_000, 2))
        assert (line.judged, line.value, line.cause) == (
            "exists", "80.56%", "县级应配套180.00元，已到位145.00元，到位率80.56%；晚于应到位日期的450.00万元"
        )  # fmt: skip

    def test_no_rows_are_no_problem_and_no_innocence(self) -> None:
        line = of("01", (0, 0, 0))
        assert (line.judged, line.cause, line.suggestion) == ("unmeasured", "查询没有返回任何行", "")


@pytest.mark.usefixtures("county")
class TestLedgerOfAYear:
    def test_a_lock_keeps_the_numbers_and_says_the_same_again(self) -> None:
        small_county.whole()
        live = ledger_now(year())
        locked = ledger_of(lock_year(YEAR, COUNTY, at=LOCKED))
        assert locked == live == ledger(YEAR, COUNTY)
        # two households of one township, nobody in post; three trainings that the township signed
        assert by_id(live, "07").judged == "unmeasured"
        assert by_id(live, "09").cause.startswith("没有记录：低保工作经费")
        assert by_id(live, "11").n == by_id(live, "11").d == "3"
        assert by_id(live, "04").value == "0.00%"

    def test_without_a_lock_nothing_is_said_to_be_so(self) -> None:
        small_county.whole()
        lines = ledger(YEAR, COUNTY)
        assert {(one.judged, one.cause) for one in lines} == {("unmeasured", "这一年还没有锁定快照")}

    def test_a_lock_from_before_the_numbers_says_so(self) -> None:
        lines = locked_ledger([], END)
        assert len(lines) == 12
        assert {one.cause for one in lines} == {"锁定快照时还没有这个数"}

    def test_the_whole_ledger_is_one_question_to_the_database(self) -> None:
        small_county.whole()
        asked: list[str] = []

        def note(execute, sql, params, many, context):  # type: ignore[no-untyped-def]
            asked.append(sql)
            return execute(sql, params, many, context)

        with connection.execute_wrapper(note):
            ledger_now(year())
        assert sum("evidence" in sql for sql in asked) == 1


BROKEN = Figure("x", "坏", "个", Total.SUM, "SELECT 1 AS n, 1/0 AS d", (), "坏的查询")
WHOLE = Figure("y", "好", "个", Total.SUM, "SELECT 7 AS n, 1 AS d", (), "好的查询")


@pytest.mark.usefixtures("county")
class TestTogether:
    def test_the_same_as_one_by_one(self) -> None:
        small_county.whole()
        assert together.measure_together(FIGURES, year()) == measure_all(FIGURES, year())

    def test_one_that_fails_is_told_and_the_others_are_counted(self) -> None:
        broken, whole = together.measure_together([BROKEN, WHOLE], year())
        assert broken.value is None
        assert "查询出错" in broken.failed
        assert whole.n == 7


def test_what_exists_is_what_is_judged_so() -> None:
    assert of("12", (100, 1, 100)).exists
    assert of("12", (100, 1, 100)).judged == EXISTS
    assert not of("12", (100, 99, 100)).exists
