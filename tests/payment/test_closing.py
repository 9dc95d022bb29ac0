"""关账: everything that does not agree has an owner and a decision; otherwise the refusal says what is left."""

import pytest

from opendibao.audit.models import Event
from opendibao.payment.actions import close_run, decide_exceptions, look_over
from opendibao.payment.models import PayRun, ReconException
from opendibao.payment.refusal import PaymentRefused
from tests.payment.builders import at, family
from tests.payment.month_end import EIGHTH, agreed, answers, came_back, take
from tests.payment.months import JANUARY, sent

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
