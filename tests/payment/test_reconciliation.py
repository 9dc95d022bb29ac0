"""对账: what was sent is in exactly one bucket, to the fen; the month closes once every difference is owned."""

import pathlib
from dataclasses import replace
from datetime import date

import pytest

from opendibao.payment.actions import (
    close_run,
    decide_exceptions,
    enter_voucher,
    reissue,
    sendings,
    take_return,
    take_statement,
)
from opendibao.payment.bank_return import Result, read_results, write_result
from opendibao.payment.models import Attempt, PayRun
from opendibao.payment.queries import verify
from opendibao.payment.reconciliation import (
    BUCKETS,
    Bucket,
    ExceptionRow,
    bucket_rows,
    exceptions,
    reconciliation,
    three_way,
)
from opendibao.payment.refusal import PaymentRefused
from opendibao.payment.statements import Movement, agreeing, write_statement
from tests.conftest import ActAs
from tests.payment.builders import FAR_VILLAGE, at, family, new_account
from tests.payment.month_end import EIGHTH, agreed, answers, came_back, take
from tests.payment.months import JANUARY, paid, sent

TWELFTH, NEXT_MONTH = date(2024, 1, 12), date(2024, 2, 6)
FEBRUARY, FEBRUARY_8 = date(2024, 2, 1), date(2024, 2, 8)
FEN = {f"H{number:02}": 50000 + 137 * number for number in range(12)}
WRONG, NO_NAME, NO_ACCOUNT, ASLEEP, SILENT = "H00", "H01", "H02", "H03", "H04"
ODD = (WRONG, NO_NAME, NO_ACCOUNT, ASLEEP, SILENT)
FOREIGN_FEN = 31415


def close(run: PayRun, on: date = EIGHTH) -> PayRun:
    return close_run(run.pk, on=on, at=at(on))


def decide(rows: list[ExceptionRow], resolution: str, note: str = "", on: date = EIGHTH) -> int:
    return decide_exceptions(
        [row.id for row in rows], owner="张经办", resolution=resolution, note=note, on=on, at=at(on)
    )


@pytest.fixture
def run(county: None) -> PayRun:
    """Twelve lines sent; seven come back equal, one is a fen off, three returned, one is silent, one is not ours."""
    for number, fen in FEN.items():
        family(number, fen=fen)
    run = sent(JANUARY)
    rows = answers(run)
    strange = replace(rows[SILENT], e2e="202401-X9-R-0-1", fen=FOREIGN_FEN, holder="某人")
    told = {
        **rows,
        WRONG: replace(rows[WRONG], fen=FEN[WRONG] + 1),
        NO_NAME: came_back(rows[NO_NAME], "户名不符"),
        NO_ACCOUNT: came_back(rows[NO_ACCOUNT], "账户注销"),
        ASLEEP: came_back(rows[ASLEEP], "长期不动户"),
        SILENT: strange,
    }
    take(run, list(told.values()))
    return run


def test_every_line_is_classed_at_once(run: PayRun) -> None:
    found = reconciliation(run.pk)
    equal = sum(fen for number, fen in FEN.items() if number not in ODD)
    assert found.sent == Bucket(len(FEN), sum(FEN.values()))
    assert found.paid == Bucket(len(FEN) - 5, equal)
    assert found.differs == Bucket(1, FEN[WRONG])
    assert found.returned == Bucket(3, FEN[NO_NAME] + FEN[NO_ACCOUNT] + FEN[ASLEEP])
    assert found.in_transit == Bucket(1, FEN[SILENT])
    assert (found.unknown, found.held) == (Bucket(0, 0), Bucket(0, 0))
    assert found.foreign == Bucket(1, FOREIGN_FEN)
    assert found.holds


def test_a_buckets_rows_are_its_count_and_sum(run: PayRun) -> None:
    found = reconciliation(run.pk)
    for name in BUCKETS:
        rows = bucket_rows(run.pk, name, limit=1000)
        assert Bucket(len(rows), sum(row.fen for row in rows)) == found.bucket(name), name


def test_rows_say_who_what_and_why(run: PayRun) -> None:
    (wrong,) = bucket_rows(run.pk, "differs")
    assert (wrong.household, wrong.fen, wrong.answered_fen, wrong.booked_on) == (
        WRONG, FEN[WRONG], FEN[WRONG] + 1, EIGHTH,
    )  # fmt: skip
    back = bucket_rows(run.pk, "returned")
    assert [(row.household, row.code, row.reason) for row in back] == [
        (NO_NAME, "name", "户名不符"),
        (NO_ACCOUNT, "closed", "账户注销"),
        (ASLEEP, "dormant", "长期不动户"),
    ]
    (strange,) = bucket_rows(run.pk, "foreign")
    assert (strange.household_id, strange.household, strange.head, strange.e2e) == (None, "", "某人", "202401-X9-R-0-1")
    assert strange.reason.startswith("第6行 202401-X9-R-0-1 314.15元")


def test_rows_are_paged_and_accounts_masked(run: PayRun) -> None:
    first, second = bucket_rows(run.pk, "sent", limit=7), bucket_rows(run.pk, "sent", limit=7, offset=7)
    assert [row.household for row in [*first, *second]] == list(FEN)
    assert {row.account_masked for row in first} == {f"****{number[-1]}" for number in list(FEN)[:7]}


def test_the_ledger_agrees_while_differences_are_open(run: PayRun) -> None:
    assert verify().fault == ""


def test_each_difference_is_an_exception_of_its_township_without_an_owner(run: PayRun) -> None:
    rows = exceptions(run.pk)
    assert [(row.kind, row.household, row.owner, row.resolution) for row in rows] == [
        ("returned", NO_NAME, "", ""),
        ("returned", NO_ACCOUNT, "", ""),
        ("returned", ASLEEP, "", ""),
        ("differs", WRONG, "", ""),
        ("absent", SILENT, "", ""),
        ("foreign", "", "", ""),
    ]
    assert [row.why.code if row.why else "" for row in rows[:4]] == ["name", "closed", "dormant", ""]


def test_the_month_is_closed_once_every_exception_has_an_owner_and_a_decision(run: PayRun) -> None:
    agreed(run)
    with pytest.raises(PaymentRefused) as refusal:
        close(run)
    for words in ("退回3项", WRONG, NO_NAME, NO_ACCOUNT, ASLEEP, SILENT, "外来流水1项", "责任人和处理决定"):
        assert words in str(refusal.value)
    by_kind = {kind: [row for row in exceptions(run.pk) if row.kind == kind] for kind in BUCKETS | {"absent": ""}}
    decide(by_kind["returned"], "reissue")
    decide([*by_kind["differs"], *by_kind["absent"]], "bank")
    with pytest.raises(PaymentRefused, match=r"不能关账：外来流水1项"):
        close(run)
    decide(by_kind["foreign"], "explained", "银行串户，已更正")
    assert close(run).state == "closed"
    assert verify().fault == ""


@pytest.mark.parametrize("is_closed", [False, True])
def test_a_corrected_file_later_moves_what_was_open(run: PayRun, is_closed: bool) -> None:
    agreed(run)
    if is_closed:
        for row in exceptions(run.pk):
            ways = {"returned": "reissue", "foreign": "explained"}
            decide([row], ways.get(row.kind, "bank"), "银行串户")
        close(run)
    rows = answers(run)
    told = [row for number, row in rows.items() if number not in (NO_NAME, NO_ACCOUNT, ASLEEP, SILENT)]
    take(run, [*told, came_back(rows[SILENT], "账号不存在")], NEXT_MONTH)
    found = reconciliation(run.pk)
    assert (found.paid.lines, found.differs.lines, found.returned.lines, found.in_transit.lines) == (8, 0, 4, 0)
    assert found.holds
    assert Attempt.objects.get(line__household__number=WRONG).booked_on == EIGHTH
    assert {row.kind for row in exceptions(run.pk, is_open=True) if row.household} == {"returned"}
    assert {row.household for row in exceptions(run.pk, is_open=False)} >= {WRONG, SILENT}
    assert verify().fault == ""


class TestThreeWay:
    def test_what_finance_and_the_bank_say_agrees_to_the_fen(self, run: PayRun) -> None:
        agreed(run)
        found = three_way(run.pk)
        assert found.holds
        assert found.ledger_sent == found.vouchers == found.statement_in == sum(FEN.values())
        assert found.ledger_paid + FEN[WRONG] + 1 == found.statement_out
        assert found.ledger_returned == found.statement_back == FEN[NO_NAME] + FEN[NO_ACCOUNT] + FEN[ASLEEP]

    def test_before_anything_is_entered_nothing_holds(self, run: PayRun) -> None:
        found = three_way(run.pk)
        assert not found.holds
        assert (found.has_vouchers, found.has_statement) == (False, False)

    @pytest.mark.parametrize("by", [1, -1, 10000])
    def test_a_fen_is_a_difference_with_an_owner(self, run: PayRun, by: int) -> None:
        total = sum(FEN.values())
        take_statement(run.pk, write_statement(agreeing(run.pk)), on=EIGHTH, at=at(EIGHTH))
        enter_voucher(run.pk, number="凭1", issued_on=EIGHTH, fen=total + by, on=EIGHTH, at=at(EIGHTH))
        (row,) = three_way(run.pk).differences
        assert (row.key, row.difference) == ("voucher", by)
        (one,) = [each for each in exceptions(run.pk) if each.kind == "voucher"]
        assert (one.fen, one.resolution) == (by, "")

    def test_a_red_voucher_ends_the_difference(self, run: PayRun) -> None:
        agreed(run)
        enter_voucher(run.pk, number="凭2", issued_on=EIGHTH, fen=500, on=EIGHTH, at=at(EIGHTH))
        (one,) = [each for each in exceptions(run.pk, is_open=True) if each.kind == "voucher"]
        assert "相差5.00元" in one.detail
        enter_voucher(run.pk, number="红3", issued_on=EIGHTH, fen=-500, on=EIGHTH, at=at(EIGHTH))
        assert not [each for each in exceptions(run.pk, is_open=True) if each.kind == "voucher"]
        assert three_way(run.pk).holds

    def test_a_decision_about_another_sum_is_asked_for_again(self, run: PayRun) -> None:
        agreed(run)
        enter_voucher(run.pk, number="凭2", issued_on=EIGHTH, fen=500, on=EIGHTH, at=at(EIGHTH))
        decide([each for each in exceptions(run.pk) if each.kind == "voucher"], "finance")
        enter_voucher(run.pk, number="凭3", issued_on=EIGHTH, fen=1, on=EIGHTH, at=at(EIGHTH))
        (one,) = [each for each in exceptions(run.pk) if each.kind == "voucher"]
        assert (one.fen, one.resolution) == (501, "")

    def test_a_later_statement_takes_the_place_of_the_first(self, run: PayRun) -> None:
        agreed(run)
        moved = [*agreeing(run.pk), Movement(EIGHTH, "out", 700, "手续费")]
        take_statement(run.pk, write_statement(moved), on=EIGHTH, at=at(EIGHTH))
        assert [(row.key, row.difference) for row in three_way(run.pk).differences] == [("out", 700)]
        # the same lines in another order are another file
        take_statement(run.pk, write_statement(agreeing(run.pk)[::-1]), on=EIGHTH, at=at(EIGHTH))
        assert three_way(run.pk).holds
        assert not [row for row in exceptions(run.pk, is_open=True) if row.kind == "statement"]

    def test_a_closed_month_is_seen_as_it_was_closed(self, run: PayRun) -> None:
        agreed(run)
        for row in exceptions(run.pk):
            decide([row], {"returned": "reissue", "foreign": "explained"}.get(row.kind, "bank"), "银行串户")
        close(run)
        take(run, [replace(answers(run)[SILENT], booked_on=TWELFTH)], TWELFTH)
        assert three_way(run.pk).holds


def test_a_township_sees_its_own_rows_alone(act_as: ActAs) -> None:
    with act_as("360429"):
        family("A1", fen=62000)
        family("C1", fen=10000, division=FAR_VILLAGE)
        run = sent(JANUARY)
        rows = answers(run)
        take(run, [rows["A1"], came_back(rows["C1"], "销户")])
        assert exceptions(division="360429101000")[0].household == "C1"
        assert exceptions(division="360429100000") == []
    with act_as("360429101"):
        assert [row.household for row in bucket_rows(run.pk, "sent")] == ["C1"]
        assert [row.household for row in exceptions(run.pk)] == ["C1"]
    with act_as("360429100"):
        assert exceptions(run.pk) == []


def test_what_is_held_back_stands_beside_the_equation(county: None) -> None:
    family("A1", fen=62000)
    family("B9", fen=31550, has_account=False)
    run = sent(JANUARY)
    take(run, list(answers(run).values()))
    found = reconciliation(run.pk)
    assert (found.sent, found.paid, found.held) == (Bucket(1, 62000), Bucket(1, 62000), Bucket(1, 31550))
    assert found.holds
    (row,) = bucket_rows(run.pk, "held")
    assert (row.household, row.fen, row.e2e, row.account_masked) == ("B9", 31550, "", "")
    assert row.reason
    agreed(run)
    assert three_way(run.pk).ledger_sent == 62000
    assert close(run).state == "closed"


class TestSentAgain:
    """What came back in January goes out with February's file."""

    @pytest.fixture
    def february(self, county: None) -> PayRun:
        home = family("A1", fen=62000)
        family("B1", fen=31550)
        paid(JANUARY, returned={"A1": "账户注销"})
        new_account(home, "6299", since=date(2024, 1, 15), known=at(date(2024, 1, 15)))
        return sent(FEBRUARY)

    def told(self, run: PayRun) -> dict[str, Result]:
        return {row.e2e: row for row in read_results(write_result(sendings(run.pk), FEBRUARY_8, {}))}

    def test_the_later_months_answer_ends_what_stood_open_since_the_earlier(self, february: PayRun) -> None:
        (before,) = exceptions(is_open=True)
        assert (before.month, before.kind, before.household) == (JANUARY, "returned", "A1")
        rows = self.told(february)
        assert set(rows) == {"202401-A1-R-0-2", "202402-A1-R-0-1", "202402-B1-R-0-1"}
        take(february, list(rows.values()), FEBRUARY_8)
        assert exceptions(is_open=True) == []
        found = reconciliation(february.pk)
        assert (found.sent, found.paid) == (Bucket(3, 155550), Bucket(3, 155550))
        assert {row.month for row in bucket_rows(february.pk, "sent")} == {JANUARY, FEBRUARY}

    def test_what_comes_back_twice_is_the_later_months_matter(self, february: PayRun) -> None:
        rows = self.told(february)
        rows["202401-A1-R-0-2"] = came_back(rows["202401-A1-R-0-2"], "户名不符")
        take(february, list(rows.values()), FEBRUARY_8)
        (left,) = exceptions(is_open=True)
        assert (left.run_id, left.e2e) == (february.pk, "202401-A1-R-0-2")

    def test_it_needs_no_new_money_from_finance(self, february: PayRun) -> None:
        take(february, list(self.told(february).values()), FEBRUARY_8)
        agreed(february, FEBRUARY_8)
        found = three_way(february.pk)
        assert found.holds
        assert (found.ledger_sent, found.ledger_paid) == (93550, 155550)
        assert close(february, FEBRUARY_8).state == "closed"
        assert verify().fault == ""


def test_a_file_sent_again_after_closing_joins_the_equation_and_leaves_the_closed_month_as_it_was(
    county: None, tmp_path: pathlib.Path
) -> None:
    home = family("A1", fen=62000)
    family("B1", fen=31550)
    run = paid(JANUARY, returned={"A1": "账户注销"})
    new_account(home, "6299", since=date(2024, 1, 15), known=at(date(2024, 1, 15)))
    day = date(2024, 1, 22)
    reissue(run.pk, on=day, at=at(day), out_dir=tmp_path)
    assert reconciliation(run.pk).in_transit == Bucket(1, 62000)
    take_return(run.pk, write_result(sendings(run.pk, again=True), day, {}), on=day, at=at(day))
    found = reconciliation(run.pk)
    assert (found.sent, found.paid, found.returned) == (Bucket(3, 155550), Bucket(2, 93550), Bucket(1, 62000))
    assert found.holds
    assert three_way(run.pk).holds
    assert exceptions(is_open=True) == []
