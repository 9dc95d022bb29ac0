"""关账: everything that does not agree has an owner and a decision; otherwise the refusal says what is left."""

from datetime import date

import pytest

from opendibao.audit.models import Event
from opendibao.payment.actions import (
    close_run,
    compute_run,
    decide_exceptions,
    enter_voucher,
    look_over,
    take_statement,
)
from opendibao.payment.ledger import verify
from opendibao.payment.models import LedgerEntry, PayRun, ReconException
from opendibao.payment.reconciliation import reconciliation
from opendibao.payment.refusal import PaymentRefused
from opendibao.payment.statements import agreeing, write_statement
from opendibao.payment.three_way import three_way
from tests.payment.builders import at, family
from tests.payment.month_end import EIGHTH, agreed, answers, came_back, take
from tests.payment.months import JANUARY, sent

LATE, FEBRUARY = date(2024, 1, 20), date(2024, 2, 1)
pytestmark = pytest.mark.usefixtures("county")


def close(run: PayRun, follower: str = "") -> PayRun:
    return close_run(run.pk, on=EIGHTH, at=at(EIGHTH), follower=follower)


def returned_month() -> PayRun:
    family("A1")
    family("B1")
    run = sent(JANUARY)
    rows = answers(run)
    take(run, [rows["A1"], came_back(rows["B1"], "账户已销户")])
    return run


def test_a_clean_month_closes() -> None:
    family("A1")
    run = sent(JANUARY)
    take(run, list(answers(run).values()))
    agreed(run)
    closed = close(run)
    assert (closed.state, closed.closed_on) == ("closed", EIGHTH)
    assert Event.objects.get(action="发放关账").payload["returned"] == 0


def test_a_run_without_the_banks_answer_does_not_close() -> None:
    family("A1")
    run = sent(JANUARY)
    agreed(run)
    with pytest.raises(PaymentRefused, match=r"逾期未回1项（A1）"):
        close(run)
    run.refresh_from_db()
    assert run.state == "sent"


def test_without_finance_and_the_banks_statement_it_does_not_close() -> None:
    family("A1")
    run = sent(JANUARY)
    take(run, list(answers(run).values()))
    with pytest.raises(PaymentRefused, match=r"没有登记财政支付凭证.*没有收银行对账单"):
        close(run)


def test_what_came_back_is_handed_to_one_person_who_follows_it_up() -> None:
    run = returned_month()
    agreed(run)
    with pytest.raises(PaymentRefused, match="退回1项（B1）"):
        close(run)
    close(run, follower="李民政")
    event = Event.objects.get(action="退回款交人跟进")
    assert (event.subject, event.payload["owner"], event.payload["reason"]) == ("家庭 B1", "李民政", "账户已销户")
    one = ReconException.objects.get()
    assert (one.owner, one.resolution) == ("李民政", "reissue")


def test_a_follower_leaves_what_was_decided_as_it_is() -> None:
    run = returned_month()
    agreed(run)
    one = ReconException.objects.get()
    decide_exceptions([one.pk], owner="王镇", resolution="stop", note="已故", on=EIGHTH, at=at(EIGHTH))
    close(run, follower="李民政")
    assert Event.objects.get(action="退回款交人跟进").payload["owner"] == "王镇"


def test_a_follower_does_not_answer_for_anything_else() -> None:
    run = returned_month()
    with pytest.raises(PaymentRefused) as refusal:
        close(run, follower="李民政")
    assert "退回" not in str(refusal.value)
    assert "没有收银行对账单" in str(refusal.value)


def test_looking_it_over_keeps_what_it_found() -> None:
    run = returned_month()
    left = look_over(run.pk, on=EIGHTH, at=at(EIGHTH))
    assert "退回1项（B1）" in left
    kinds = ReconException.objects.order_by("kind").values_list("kind", flat=True)
    assert list(kinds) == ["returned", "statement", "voucher"]
    assert look_over(run.pk, on=EIGHTH, at=at(EIGHTH)) == left
    assert ReconException.objects.count() == 3


def test_a_missing_statement_may_be_answered_for() -> None:
    family("A1")
    run = sent(JANUARY)
    take(run, list(answers(run).values()))
    look_over(run.pk, on=EIGHTH, at=at(EIGHTH))
    for one in ReconException.objects.all():
        way = "finance" if one.kind == "voucher" else "bank"
        decide_exceptions([one.pk], owner="王财政", resolution=way, note="下周补", on=EIGHTH, at=at(EIGHTH))
    assert close(run).state == "closed"
    agreed(run, EIGHTH)
    assert not ReconException.objects.filter(settled_on=None).exists()


def test_a_closed_run_does_not_close_again() -> None:
    run = returned_month()
    agreed(run)
    close(run, follower="李民政")
    with pytest.raises(PaymentRefused, match="已关账"):
        close(run)


def closed_without_a_voucher() -> PayRun:
    """Finance sends its voucher later; everything else agrees."""
    family("A1", fen=62000)
    run = sent(JANUARY)
    take(run, list(answers(run).values()))
    take_statement(run.pk, write_statement(agreeing(run.pk)), on=EIGHTH, at=at(EIGHTH))
    look_over(run.pk, on=EIGHTH, at=at(EIGHTH))
    (one,) = ReconException.objects.all()
    decide_exceptions([one.pk], owner="王财政", resolution="finance", note="下周补", on=EIGHTH, at=at(EIGHTH))
    return close(run)


def late_voucher(run: PayRun, fen: int, number: str = "凭9") -> None:
    enter_voucher(run.pk, number=number, issued_on=LATE, fen=fen, on=LATE, at=at(LATE))


def test_a_voucher_of_a_later_day_ends_what_was_open_of_a_closed_month() -> None:
    run = closed_without_a_voucher()
    late_voucher(run, 62000)
    one = ReconException.objects.get()
    assert (one.resolution, one.settled_on) == ("finance", LATE)
    assert three_way(run.pk).holds


def test_a_late_voucher_of_another_sum_is_a_new_difference_and_the_month_stays_closed() -> None:
    run = closed_without_a_voucher()
    late_voucher(run, 61000)
    former, new = ReconException.objects.order_by("pk")
    assert former.settled_on == LATE
    assert (new.kind, new.fen, new.resolution, new.settled_on) == ("voucher", -1000, "", None)
    assert new.detail.startswith("送银行与财政凭证：台账620.00元")
    run.refresh_from_db()
    assert (run.state, run.closed_on) == ("closed", EIGHTH)
    # it does not hold up the next month, and ends by itself when finance enters the rest
    assert compute_run(FEBRUARY, on=FEBRUARY, at=at(FEBRUARY), maker="张经办").state == "computed"
    late_voucher(run, 1000, "凭10")
    new.refresh_from_db()
    assert (new.settled_on, new.note) == (LATE, "已经相符")


def test_a_late_answer_is_booked_where_it_was_sent_and_what_it_says_gets_an_owner() -> None:
    family("A1", fen=62000)
    family("B1", fen=31550)
    run = sent(JANUARY)
    rows = answers(run)
    take(run, [rows["A1"]])
    agreed(run)
    look_over(run.pk, on=EIGHTH, at=at(EIGHTH))
    ids = list(ReconException.objects.filter(resolution="").values_list("pk", flat=True))
    decide_exceptions(ids, owner="李民政", resolution="bank", note="已问", on=EIGHTH, at=at(EIGHTH))
    close(run)
    take(run, [came_back(rows["B1"], "账户已销户")], LATE)
    absent, returned = ReconException.objects.filter(attempt="202401-B1-R-0-1").order_by("kind")
    assert (absent.settled_on, returned.kind, returned.resolution) == (LATE, "returned", "")
    entry = LedgerEntry.objects.order_by("-pk")[0]
    assert (entry.run_id, entry.booked_on) == (run.pk, LATE)
    assert three_way(run.pk).ledger_returned == 0  # as it stood on the closing day
    assert reconciliation(run.pk).returned.lines == 1  # as it stands now
    assert verify().fault == ""
